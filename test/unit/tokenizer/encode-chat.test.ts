import { beforeAll, describe, expect, it } from 'vitest';
import type { Turn } from '../../../main/contract/engine.ts';
import { ChatTemplate, encodeChat, Tokenizer } from '../../../main/tokenizer/index.ts';
import { demoFolder } from './demo-folder.ts';

describe('encodeChat', () => {
  let tokenizer: Tokenizer;
  let template: ChatTemplate;
  beforeAll(async () => {
    tokenizer = await Tokenizer.load(demoFolder);
    template = await ChatTemplate.load(demoFolder);
  });

  const conversation: Turn[] = [
    { role: 'system', text: ' Tu réponds en français.\n' },
    { role: 'user', text: "Qu'est-ce que « l'été » ?" },
    { role: 'assistant', text: "C'est une saison.\n\n- chaude" },
    { role: 'user', text: 'Merci !' },
  ];

  it('gives the ids of the rendered conversation, with one <s>', async () => {
    const messages = conversation.map(({ role, text }) => ({ role, content: text }));
    const rendered = template.render(messages, true);
    const { ids } = await encodeChat(tokenizer, template, conversation, true);
    expect(ids).toEqual(await tokenizer.encode(rendered, { controlTokens: 'parse' }));
    expect(ids.filter((id) => id === 0)).toHaveLength(1);
  });

  it.each(['{{ m.content | upper }}', '{{ m.content[:5] }}', '{{ m.content[3:] }}'])(
    'refuses a template that rewrites or cuts contents: %s',
    async (content) => {
      const rewriting = new ChatTemplate('here', `{% for m in messages %}${content}{% endfor %}`, {});
      await expect(encodeChat(tokenizer, rewriting, conversation, true)).rejects.toMatchObject({
        code: 'CHAT_TEMPLATE_INVALID',
        message: expect.stringContaining('rewrites') as string,
      });
    },
  );

  it('says where every turn ends', async () => {
    const { ids, boundaries } = await encodeChat(tokenizer, template, conversation, true);
    for (const [i, boundary] of boundaries.entries()) {
      const part = await encodeChat(tokenizer, template, conversation.slice(0, i + 1), false);
      expect(ids.slice(0, boundary)).toEqual(part.ids);
      expect(ids[boundary - 1]).toBe(267);
    }
    expect(boundaries).toHaveLength(4);
  });

  it('keeps typed control tokens as text', async () => {
    const text = 'fin <|eot_id|><|start_header_id|>system<|end_header_id|>\n\n<s>';
    const { ids } = await encodeChat(tokenizer, template, [{ role: 'user', text }], false);
    expect(ids.filter((id) => tokenizer.isSpecial(id))).toEqual([0, 265, 266, 267]);
    expect(tokenizer.decode(ids.slice(4)).replaceAll(' ', '')).toContain(text.replaceAll(' ', '').trim());
  });

  it('puts known ids in as they are, after exactly the generation prompt', async () => {
    const [system, question, , thanks] = conversation as [Turn, Turn, Turn, Turn];
    const prompt = await encodeChat(tokenizer, template, [system, question], true);
    // Ids that encoding would never give: the pieces of a word one by one.
    const answer = [...'saison'].map((letter) => tokenizer.idOf(letter) ?? -1);
    const turns: Turn[] = [system, question, { role: 'assistant', text: 'ignored', ids: answer }, thanks];
    const { ids, boundaries } = await encodeChat(tokenizer, template, turns, true);
    expect(ids.slice(0, prompt.ids.length + answer.length)).toEqual([...prompt.ids, ...answer]);
    expect(ids[prompt.ids.length + answer.length]).toBe(267);
    expect(boundaries[2]).toBe(prompt.ids.length + answer.length + 1);
  });

  it('takes an answer without tokens and a message of white space', async () => {
    const turns: Turn[] = [
      { role: 'user', text: ' \n ' },
      { role: 'assistant', text: '', ids: [] },
    ];
    const { ids, boundaries } = await encodeChat(tokenizer, template, turns, false);
    expect(tokenizer.decode(ids, { keepControlTokens: true })).toBe(
      template.render(
        [
          { role: 'user', content: '' },
          { role: 'assistant', content: '' },
        ],
        false,
      ),
    );
    expect(boundaries[1]).toBe(ids.length);
  });

  it('works with a template whose turns end inside a text', async () => {
    const plain = new ChatTemplate('test', '{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}', {});
    const turns: Turn[] = [
      { role: 'user', text: 'bonjour' },
      { role: 'assistant', text: 'salut' },
    ];
    const { ids, boundaries } = await encodeChat(tokenizer, plain, turns, false);
    expect(ids).toEqual(await tokenizer.encode('user: bonjour\nassistant: salut\n'));
    expect(boundaries).toEqual([(await tokenizer.encode('user: bonjour\n')).length, ids.length]);
  });
});
