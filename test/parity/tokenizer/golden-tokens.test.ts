/** Lucie's own tokenizer files against ids, pieces and texts made with Python's `tokenizers` 0.23.2 and `jinja2`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  ChatTemplate,
  encodeChat,
  StreamingDecoder,
  Tokenizer,
  tokenizeWithSpans,
} from '../../../main/tokenizer/index.ts';
import { describeWithShared } from '../../fixtures/shared-folder.ts';

interface GoldenString {
  ids: number[];
  tokens: string[];
  decoded: string;
}

interface Golden {
  strings: { text: string; pretrained: GoldenString; instruct: GoldenString }[];
  chat: {
    messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
    add_generation_prompt: boolean;
    rendered: string;
    ids: number[];
  }[];
  streaming: { ids: number[]; decode_all: string };
}

const controlToken = /<\/?s>|<unk>|<pad>|<\|\w+\|>/;

describeWithShared('Lucie tokenizer against the golden tokens', (shared) => {
  const golden = JSON.parse(readFileSync(join(shared, 'lucie/derived/golden_tokens.json'), 'utf8')) as Golden;

  it.each(['pretrained', 'instruct'] as const)('gives the golden ids, pieces and texts (%s)', async (kind) => {
    const tokenizer = await Tokenizer.load(join(shared, `lucie/tokenizer_${kind}`));
    expect(golden.strings.length).toBeGreaterThan(60);
    for (const entry of golden.strings) {
      const { ids, tokens, decoded } = entry[kind];
      expect(await tokenizer.encode(entry.text, { controlTokens: 'parse' }), entry.text).toEqual(ids);
      expect(ids.map((id) => tokenizer.pieceOf(id))).toEqual(tokens);
      expect(tokenizer.decode(ids), entry.text).toBe(decoded);
      expect((await tokenizeWithSpans(tokenizer, entry.text)).ids).toEqual(ids);
      const encoded = await tokenizer.encode(entry.text, { controlTokens: 'parse', addBos: true });
      expect(encoded, entry.text).toEqual([0, ...ids]);
      if (!controlToken.test(entry.text)) expect(await tokenizer.encode(entry.text), entry.text).toEqual(ids);
    }
  });

  it('renders and encodes the golden conversations, except control tokens that a user typed', async () => {
    const folder = join(shared, 'lucie/tokenizer_instruct');
    const tokenizer = await Tokenizer.load(folder);
    const template = await ChatTemplate.load(folder);
    for (const { messages, add_generation_prompt: prompt, rendered, ids } of golden.chat) {
      expect(template.render(messages, prompt)).toBe(rendered);
      const turns = messages.map(({ role, content }) => ({ role, text: content }));
      const encoded = await encodeChat(tokenizer, template, turns, prompt);
      if (messages.some(({ content }) => controlToken.test(content))) {
        expect(encoded.ids.filter((id) => tokenizer.isSpecial(id))).toEqual([0, 265, 266, 267, 265, 266]);
        // The decoder drops the space after a control token, also after one that is only text.
        const decoded = tokenizer.decode(encoded.ids, { keepControlTokens: true });
        expect(decoded).toBe(rendered.replace('> test', '>test'));
      } else {
        expect(encoded.ids).toEqual(ids);
      }
    }
  });

  it('streams the golden trap', async () => {
    const tokenizer = await Tokenizer.load(join(shared, 'lucie/tokenizer_instruct'));
    const decoder = new StreamingDecoder(tokenizer);
    const { ids, decode_all: text } = golden.streaming;
    const additions = ids.map((id) => decoder.push(id));
    expect(additions.slice(0, 9)).toEqual(['Il', ' dit', ' :', ' «', '', ' L', "'", 'été', ' (']);
    expect(additions.slice(20, 24)).toEqual(['', '', '', '😀']);
    expect(additions.join('') + decoder.flush()).toBe(text);
  });

  it.each(['corpora/udhr', 'corpora/heldout', 'corpora/legal'])(
    'keeps long texts whole and streams them exactly (%s)',
    async (kind) => {
      const tokenizer = await Tokenizer.load(join(shared, 'lucie/tokenizer_instruct'));
      const texts = excerpts(join(shared, kind));
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) {
        const tokens = await tokenizeWithSpans(tokenizer, text);
        expect(tokens.decoded).toBe(text);
        expect(tokenizer.decode(await tokenizer.encode(text))).toBe(text);
        const decoder = new StreamingDecoder(tokenizer);
        expect(tokens.ids.map((id) => decoder.push(id)).join('') + decoder.flush()).toBe(text);
        const spans = new Set(tokens.starts.map((start, i) => `${start} ${tokens.ends[i]}`));
        const parts = [...spans].map((span) => text.slice(...(span.split(' ').map(Number) as [number, number])));
        expect(parts.join('')).toBe(text);
      }
    },
  );
});

/** The first 60,000 characters of every text, without what Lucie's normaliser is known to lose (FACTS.md section 2). */
function excerpts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  return names.map((name) =>
    readFileSync(join(folder, name), 'utf8')
      .slice(0, 60_000)
      .normalize('NFC')
      .replace(/[\r\0\uFEFF]/g, '')
      .replaceAll('\u00A0', ' ')
      .trim(),
  );
}
