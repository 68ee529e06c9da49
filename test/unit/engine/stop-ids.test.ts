import { expect, it } from 'vitest';
import { stopIdsOf } from '../../../main/engine/stop-ids.ts';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { demoFolder } from '../tokenizer/demo-folder.ts';

it("stops on the configuration's ids and on the control tokens of Lucie's chat, not on unknown or padding", async () => {
  const tokenizer = await Tokenizer.load(demoFolder);
  expect(stopIdsOf(tokenizer, [267, 500])).toEqual([0, 1, 265, 266, 267, 500]);
});
