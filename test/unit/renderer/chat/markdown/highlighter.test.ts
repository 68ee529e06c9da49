import { describe, expect, it } from 'vitest';
import { codeRuns } from '../../../../../renderer/chat/markdown/highlighter.ts';

describe('codeRuns', () => {
  it('cuts code into runs of one colour that make up the whole', () => {
    const code = 'const x = "a"; // é <b>\nlet y = 12;';
    const runs = codeRuns(code, 'js') ?? [];
    expect(runs.map(({ text }) => text).join('')).toBe(code);
    expect(runs).toContainEqual({ kind: 'keyword', text: 'const' });
    expect(runs).toContainEqual({ kind: 'string', text: '"a"' });
    expect(runs).toContainEqual({ kind: 'comment', text: '// é <b>' });
    expect(runs).toContainEqual({ kind: 'number', text: '12' });
  });

  it.each(['python', 'html', 'typescript', 'sql', 'bash', 'yaml', 'rust', 'latex', 'c++', 'toml', 'markdown'])(
    'knows %s',
    (language) => {
      const code = '<a href="x">&amp;</a> def f(x): return "y" # ```\n<style>a{}</style>\n';
      expect(
        codeRuns(code, language)
          ?.map(({ text }) => text)
          .join(''),
      ).toBe(code);
    },
  );

  it('leaves a language alone that it does not know', () => {
    expect(codeRuns('graph TD; A --> B', 'mermaid')).toBeNull();
  });
});
