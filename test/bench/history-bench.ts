/** A long history: 10,000 conversations with 100,000 messages of natural length, listed, searched and opened. */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatStore } from '../../main/chat/index.ts';
import { HistoryService } from '../../main/chat/history/history-service.ts';
import { SearchIndex } from '../../main/chat/history/search-index.ts';
import { answer, message } from '../fixtures/messages.ts';
import { SeededRandom } from '../fixtures/seeded-random.ts';
import { summarise, timed, type Row } from './measure.ts';

const conversationCount = 10_000;
const messagesEach = 10;
const wordsEach = 60;
const rounds = 15;

const noModel = {
  loaded: () => null,
  generating: () => {
    throw new Error('No model is measured here.');
  },
  checkFree: () => undefined,
  cancel: () => Promise.resolve(),
};

export async function historyBench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-bench-'));
  try {
    const store = new ChatStore(join(folder, 'conversations.sqlite'));
    fill(store);
    const history = new HistoryService({ store, models: noModel, workbenchVersion: 'bench' });
    const index = new SearchIndex(store.database);
    const search = (text: string) => history.search(text, 100).conversationCount;
    const rows = [
      await row('list', rounds, () => store.list().length),
      await row('search: a rare word', rounds, () => search('mot48211 ')),
      await row('search: two frequent words', rounds, () => search('mot17 mot3 ')),
      await row('search: the most frequent word', rounds, () => search('mot1 ')),
      await row('search: the first letters of every word', rounds, () => search('mot')),
      await row('search: nothing found', rounds, () => search('introuvable')),
      await row('the index made anew, as when an old history is opened', 1, () => {
        index.rebuild();
        return conversationCount;
      }),
    ];
    store.close();
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Words by Zipf's law, as those of a language are. */
function fill(store: ChatStore): void {
  const random = new SeededRandom(1);
  const word = () => `mot${Math.floor(50_000 ** random.next())}`;
  const text = () => Array.from({ length: wordsEach }, word).join(' ');
  // One transaction a conversation, without waiting for the disk: only the result is measured.
  store.database.exec('PRAGMA synchronous = OFF');
  for (let i = 0; i < conversationCount; i += 1) {
    const id = `c${i}`;
    store.create({ id, title: `${word()} ${word()}`, createdAt: 1_700_000_000_000 + i });
    store.append(
      id,
      Array.from({ length: messagesEach }, (_, j) => {
        const parentId = j === 0 ? null : `${id}-${j - 1}`;
        const common = { id: `${id}-${j}`, conversationId: id, parentId, text: text() };
        return j % 2 === 0 ? message(common) : answer(common);
      }),
    );
  }
  store.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

async function row(what: string, times: number, run: () => number): Promise<Row> {
  const values = await timed(times, run);
  return summarise(`${what} (${run()} conversations)`, 'ms', values);
}
