import { expect, test } from 'vitest';
import { nextSearch } from '../../../main/hub/list-files.ts';

test.each([
  [
    '<https://huggingface.co/api/models/a/b/tree/x?recursive=true&cursor=Zm9v>; rel="next"',
    '?recursive=true&cursor=Zm9v',
  ],
  ['<https://x/?a>; rel="prev", <https://x/?b>; rel="next"', '?b'],
  ['<https://x/?a>; rel="prev"', null],
  [null, null],
])('the next page of %j', (link, search) => expect(nextSearch(link)).toBe(search));
