import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatTemplate } from '../../../main/tokenizer/index.ts';

const messages = [{ role: 'user', content: ' Bonjour ' }];

describe('ChatTemplate', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'template-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const load = async (config: unknown): Promise<ChatTemplate> => {
    await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(config));
    return ChatTemplate.load(folder);
  };

  it('reads one template, the default of several, or a file of its own', async () => {
    const source = '{{ bos_token }}{% for m in messages %}[{{ m.content | trim }}]{% endfor %}';
    expect((await load({ chat_template: source, bos_token: '<s>' })).render(messages, false)).toBe('<s>[Bonjour]');
    const several = [
      { name: 'tool_use', template: 'no' },
      { name: 'default', template: source },
    ];
    expect((await load({ chat_template: several, bos_token: { content: '<b>' } })).render(messages, false)).toBe(
      '<b>[Bonjour]',
    );
    await writeFile(join(folder, 'chat_template.jinja'), '{% if add_generation_prompt %}yes{% endif %}');
    expect((await load({})).render(messages, true)).toBe('yes');
  });

  it.each([
    ['no template', {}, /no chat_template/],
    ['a template that does not parse', { chat_template: '{% for %}' }, /does not parse/],
    [
      'a template that refuses the messages',
      { chat_template: "{{ raise_exception('roles must alternate') }}" },
      /roles must alternate/,
    ],
  ])('refuses %s', async (_name, config, reason) => {
    const attempt = async (): Promise<string> => (await load(config)).render(messages, false);
    await expect(attempt()).rejects.toMatchObject({
      code: 'CHAT_TEMPLATE_INVALID',
      message: expect.stringMatching(reason),
    });
  });

  it('refuses a folder without tokenizer_config.json', async () => {
    await expect(ChatTemplate.load(folder)).rejects.toMatchObject({ code: 'CHAT_TEMPLATE_INVALID' });
  });
});
