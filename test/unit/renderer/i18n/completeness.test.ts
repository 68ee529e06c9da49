/** Every text in both languages, with the same values, translated, and set as French is set. */
import { describe, expect, it } from 'vitest';
import { Format } from '../../../../renderer/i18n/format.ts';
import { frenchSpacing } from '../../../../renderer/i18n/typography.ts';
import { allTexts } from './dictionaries.ts';

/** The same word in French and in English. */
const sameWord = [
  'Mode',
  '# bits',
  'Accents',
  'Architecture',
  'Assistant',
  'Attention',
  'bits',
  'Cache',
  'Chat',
  'code',
  'Commit',
  'Conversation',
];
sameWord.push(
  'Conversations',
  'Conversion',
  'Expression',
  'Id',
  'Licence',
  'Messages',
  'Notifications',
  'Options',
  'Place',
);
sameWord.push('# conversations', '#, # conversations', '# messages', '# branches', '#, # messages');
sameWord.push('Tokens', 'Version', 'commit #', '# tokens', '# / # tokens', '# tokens/s');
/** Names and terms that nobody translates, and one example of an expression. */
const names = ['CPU', 'GPU', 'WebGPU', 'CUDA', 'DirectML', 'Core ML', 'ONNX Runtime', 'JSON', 'CSV', 'Top-k', 'Min-p'];
names.push('GBNF', 'ChatGPT', 'LM Studio', 'Lucie Workbench');
names.push(
  'Lucie 7B',
  'Lucie 7B Instruct',
  'Lucie 7B Instruct v1.1',
  'Lucie 7B Instruct human-data',
  '^ \\p{Lu}.*tion$',
);
const same = new Set([...sameWord, ...names]);

type Wording = (values: unknown, format: Format) => unknown;
const texts = allTexts().filter(({ path }) => !path.startsWith('format.ts'));
const formats = { fr: new Format('fr'), en: new Format('en') };

/** Values that answer to every name, and the names that were asked for. */
function recorder(value: unknown) {
  const names = new Set<string>();
  const values = new Proxy(
    {},
    {
      get(_target, name) {
        if (typeof name === 'string') names.add(name);
        return value;
      },
      has: () => true,
    },
  );
  return { names, values };
}

/** What a wording says of `value` in the place of every value; `null` where it needs one of another kind. */
function say(wording: unknown, language: 'fr' | 'en', value: unknown): { text: string; names: string[] } | null {
  const { names, values } = recorder(value);
  try {
    const text = (wording as Wording)(values, formats[language]);
    return typeof text === 'string' ? { text, names: [...names].sort() } : null;
  } catch {
    return null;
  }
}

const samples = [3, 1, 'exemple'] as const;
const withValues = texts.filter(({ fr }) => typeof fr === 'function');

describe('every text', () => {
  it('with values uses the same ones in both languages', () => {
    const silent: string[] = [];
    for (const { path, fr, en } of withValues) {
      const said = samples.flatMap((sample) => {
        const both = [say(fr, 'fr', sample), say(en, 'en', sample)] as const;
        if (both[0] === null || both[1] === null) return [];
        expect(both[0].names, path).toEqual(both[1].names);
        return [sample];
      });
      if (said.length === 0) silent.push(path);
    }
    // Texts with values that are lists or objects; each is read by its own test.
    expect(silent.length / withValues.length, silent.join(', ')).toBeLessThan(0.1);
  });

  it('is translated', () => {
    const left = texts.flatMap(({ path, fr, en }) => {
      const [french, english] = typeof fr === 'string' ? [fr, en] : [say(fr, 'fr', 3)?.text, say(en, 'en', 3)?.text];
      if (french === undefined || french !== english || !/\p{L}{2}/u.test(french)) return [];
      return same.has(french) || same.has(french.replaceAll('3', '#')) ? [] : [`${path}: ${french}`];
    });
    expect(left).toEqual([]);
  });

  it('has French spaces before high punctuation and inside guillemets, and none that English would have', () => {
    for (const { path, fr } of texts) {
      const said = typeof fr === 'string' ? fr : samples.map((sample) => say(fr, 'fr', sample)?.text ?? '').join('\n');
      const shown = frenchSpacing(said);
      expect(shown, path).not.toMatch(/[\p{L}\p{N})»][;!?](?=\s|$)/u);
      expect(shown, path).not.toMatch(/[\p{L})»]:(?=\s|$)/u);
      expect(shown, path).not.toMatch(/ [;:!?»%]|« /);
      expect(shown, path).not.toMatch(/«[^\u00a0\u202f]|[^\u00a0\u202f]»/);
      expect(shown, path).not.toMatch(/[“”]|\.\.\.|"\p{L}/u);
    }
  });

  it('has English quotes and no French ones in English', () => {
    for (const { path, en } of texts) {
      const said = typeof en === 'string' ? en : samples.map((sample) => say(en, 'en', sample)?.text ?? '').join('\n');
      expect(said, path).not.toMatch(/«[^»]*»| [;!?](?=\s|$)|\.\.\./);
    }
  });
});
