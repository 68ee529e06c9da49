/**
 * Whatever is done to a conversation, in whatever order, and however it ends: no message is lost or changed, and opening the history
 * again gives the same tree and the same branch.
 */
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChatService } from '../../../main/chat/chat-service.ts';
import { ChatStore } from '../../../main/chat/store.ts';
import type { Message } from '../../../main/contract/chat.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { textOf, WordEngine, wordModel, words, type Ending } from '../../fixtures/word-engine.ts';
import { TreeModel } from './tree-model.ts';

const actions = [
  ...['send', 'send', 'send', 'send-elsewhere', 'edit', 'edit', 'regenerate', 'regenerate', 'branch', 'branch'],
  ...['continue', 'prefill', 'show', 'show', 'remove', 'restore', 'stop', 'finish', 'engine-dies', 'kill', 'reopen'],
] as const;

interface Step {
  action: (typeof actions)[number];
  /** Chooses among what there is. */
  pick: number;
  /** Of the answer that it may lead to. */
  ids: number[];
  ending: Ending;
}

const steps = fc.array(
  fc.record<Step>({
    action: fc.constantFrom(...actions),
    pick: fc.nat(1_000),
    ids: fc.array(fc.nat(words.length - 1), { maxLength: 4 }),
    ending: fc.constantFrom<Ending>('stop', 'stop', 'crash', 'hold', 'hold'),
  }),
  { minLength: 5, maxLength: 25 },
);

/** One conversation, as it is and as it should be. */
class Trial {
  readonly #path: string;
  #engine = new WordEngine();
  readonly model = new TreeModel();
  /** Of every message that has come to its end. */
  readonly #frozen = new Map<string, Message>();
  readonly #abandoned: ChatStore[] = [];
  #store: ChatStore;
  #chat: ChatService;
  readonly #conversationId: string;

  constructor(path: string) {
    this.#path = path;
    [this.#store, this.#chat] = this.#open();
    this.#conversationId = this.#chat.create('').id;
  }

  async run({ action, pick, ids, ending }: Step): Promise<void> {
    const [chat, id, model] = [this.#chat, this.#conversationId, this.model];
    const one = <Item>(items: readonly Item[]): Item | undefined => items[pick % Math.max(1, items.length)];
    const users = model.visible.filter(({ role }) => role === 'user');
    const answers = model.visible.filter((note) => note.role === 'assistant' && note.ids.length > 0);
    const text = ids.map((word) => words[word]).join(' ') || 'mot0';
    Object.assign(this.#engine, { ids, ending });
    switch (action) {
      case 'send':
      case 'send-elsewhere': {
        const below = action === 'send' ? model.leafId : (one([...answers.map((note) => note.id), null]) ?? null);
        const isBegun = await this.#refusedWhileBusy(() =>
          chat.send(id, { text, ...(action === 'send' ? {} : { parentId: below }) }),
        );
        if (isBegun === null) return;
        model.add({ id: isBegun.userMessageId, parentId: below, role: 'user', text, ids: [], status: 'complete' });
        return this.#answered(isBegun.assistantMessageId, isBegun.userMessageId, [], ids, ending);
      }
      case 'regenerate':
      case 'prefill': {
        const question = one(users);
        if (question === undefined) return;
        const prefill = action === 'prefill' ? text : '';
        const given = action === 'prefill' ? text.split(' ').map((word) => words.indexOf(word)) : [];
        const begun = await this.#refusedWhileBusy(() => chat.answer(id, { parentId: question.id, prefill }));
        if (begun !== null) return this.#answered(begun.assistantMessageId, question.id, given, ids, ending);
        return;
      }
      case 'branch':
      case 'continue': {
        const source = one(answers.filter((note) => note !== model.running));
        if (source?.parentId === undefined || source.parentId === null) return;
        const { parentId } = source;
        const { tokens, ids: all } = this.#store.message(id, source.id);
        const before = all.slice(0, all.length - tokens.length);
        const count = action === 'continue' ? tokens.length : pick % (tokens.length + 1);
        const alternative = action === 'branch' ? one(tokens[count]?.alternatives ?? []) : undefined;
        const takeOver = { messageId: source.id, tokens: count, alternativeId: alternative?.id ?? null };
        const begun = await this.#refusedWhileBusy(() => chat.answer(id, { parentId, takeOver }));
        if (begun === null) return;
        const taken = [...tokens.slice(0, count).map((token) => token.id), ...(alternative ? [alternative.id] : [])];
        return this.#answered(begun.assistantMessageId, parentId, [...before, ...taken], ids, ending);
      }
      case 'edit': {
        const original = one(model.visible);
        if (original === undefined) return;
        if (model.isBusy(original.id)) {
          expect(() => chat.edit(id, original.id, text)).toThrow(
            expect.objectContaining({ code: 'CONVERSATION_BUSY' }),
          );
          return;
        }
        const edited = chat.edit(id, original.id, text);
        const { parentId, role } = original;
        model.add({ id: edited, parentId, role, text, ids: [], status: 'complete' });
        return;
      }
      case 'show': {
        const shown = one(model.visible);
        if (shown === undefined) return;
        chat.show(id, shown.id);
        model.show(shown.id);
        return;
      }
      case 'remove': {
        const gone = one(model.visible);
        if (gone === undefined) return;
        const remove = () => chat.removeMessage(id, gone.id);
        if (model.isBusy(gone.id)) expect(remove).toThrow(expect.objectContaining({ code: 'CONVERSATION_BUSY' }));
        else {
          remove();
          model.remove(gone.id);
        }
        return;
      }
      case 'restore': {
        const back = one(model.removals);
        if (back === undefined) return;
        chat.restoreMessage(id, back);
        model.restore(back);
        return;
      }
      case 'stop':
        if (model.running === null) return chat.stop(id);
        return this.#ended('stopped', () => void chat.stop(id));
      case 'finish':
        return this.#ended('complete', () => this.#engine.release('stop'));
      case 'engine-dies':
        return this.#ended('crash', () => this.#engine.release('crash'));
      case 'kill':
        // Nobody closes anything; the answer that was under way never goes on.
        this.#abandoned.push(this.#store);
        this.#engine = new WordEngine();
        [this.#store, this.#chat] = this.#open();
        model.restart();
        return;
      case 'reopen':
        if (model.running !== null) model.running.status = 'stopped';
        model.running = null;
        await chat.close();
        [this.#store, this.#chat] = this.#open();
        model.restart();
        return;
    }
  }

  /** Everything that is stored against everything that is noted. */
  check(): void {
    const [id, { visible, leafId }] = [this.#conversationId, this.model];
    const { messages, tree, messageCount } = this.#chat.get(id);
    expect(tree.map((node) => [node.id, node.parentId, node.role, node.status])).toEqual(
      visible.map((note) => [note.id, note.parentId, note.role, note.status]),
    );
    expect(messages.map((message) => message.id)).toEqual(this.model.branch(leafId).map((note) => note.id));
    expect(messageCount).toBe(visible.length);
    for (const note of visible) {
      const shown = messages.find((message) => message.id === note.id);
      const message = shown ?? this.#store.message(id, note.id);
      if (note.status === 'streaming') {
        if (shown !== undefined) expect(shown).toMatchObject({ text: note.text, ids: note.ids });
        continue;
      }
      expect(message).toMatchObject({ parentId: note.parentId, role: note.role, text: note.text, status: note.status });
      if (note.role === 'assistant') expect(message.ids).toEqual(note.ids);
      const before = this.#frozen.get(note.id);
      if (before === undefined) this.#frozen.set(note.id, message);
      else expect(message).toEqual(before);
    }
  }

  async close(): Promise<void> {
    await this.#chat.close();
    for (const store of this.#abandoned) store.close();
  }

  #open(): [ChatStore, ChatService] {
    const store = new ChatStore(this.#path);
    const { client } = this.#engine;
    const models = {
      ready: () => Promise.resolve({ engine: client, model: wordModel }),
      loaded: () => ({ engine: client, model: wordModel }),
      checkFree: () => undefined,
      cancel: (engine: typeof client, generationId: string) => engine.cancel({ generationId }),
      forget: () => Promise.resolve(),
      generating: <Event>(body: () => AsyncIterable<Event>) => asGenerator(body()),
    };
    const options = {
      store,
      models,
      defaultSampling: () => defaultSampling,
      workbenchVersion: '0',
      logger: silentLogger,
    };
    return [store, new ChatService(options)];
  }

  async #refusedWhileBusy<Result>(begin: () => Promise<Result>): Promise<Result | null> {
    if (this.model.running === null) return begin();
    await expect(begin()).rejects.toMatchObject({ code: 'CONVERSATION_BUSY' });
    return null;
  }

  /** Notes an answer that has begun, and waits for its end, or until it is held. */
  async #answered(id: string, parentId: string, given: number[], ids: number[], ending: Ending): Promise<void> {
    const all = [...given, ...ids];
    const note = { id, parentId, role: 'assistant' as const, ids: all, text: all.map(textOf).join('') };
    this.model.running = this.model.add({ ...note, status: 'streaming' });
    if (ending === 'hold') await expect.poll(() => this.#engine.isHeld, { interval: 1 }).toBe(true);
    else await this.#ended(ending === 'crash' ? 'crash' : 'complete', () => undefined);
  }

  async #ended(how: 'complete' | 'stopped' | 'crash', end: () => void): Promise<void> {
    const { running } = this.model;
    if (running === null) return;
    end();
    const status = () => this.#store.message(this.#conversationId, running.id).status;
    await expect.poll(status, { interval: 1 }).not.toBe('streaming');
    // The message is stored a moment before it is no more under way.
    await expect.poll(() => this.#isFree(running.id), { interval: 1 }).toBe(true);
    const message = this.#store.message(this.#conversationId, running.id);
    const isNew = message.tokens.length > message.takenTokens;
    running.status = how === 'crash' ? (isNew ? 'interrupted' : 'failed') : how;
    this.model.running = null;
  }

  #isFree(messageId: string): boolean {
    const { messages, tree } = this.#chat.get(this.#conversationId);
    const node = tree.find(({ id }) => id === messageId);
    return node?.status !== 'streaming' && messages.every(({ status }) => status !== 'streaming');
  }
}

async function* asGenerator<Event>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  yield* events;
}

test('no message is ever lost or changed, and the history opens as it was', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-tree-'));
  let run = 0;
  const done = new Map<string, number>();
  try {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const trial = new Trial(join(folder, `${run++}.sqlite`));
        for (const step of all) {
          await trial.run(step);
          trial.check();
          done.set(step.action, (done.get(step.action) ?? 0) + 1);
        }
        await trial.run({ action: 'kill', pick: 0, ids: [], ending: 'stop' });
        trial.check();
        await trial.close();
      }),
      { numRuns: 300 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(run).toBeGreaterThanOrEqual(300);
  expect([...done.keys()].sort()).toEqual([...new Set<string>(actions)].sort());
});
