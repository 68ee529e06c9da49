/** What it costs to store each token of an answer as it comes, against a few times a second, in a history on the disk of this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatStore } from '../../main/chat/index.ts';
import type { GeneratedToken } from '../../main/contract/tokens.ts';
import { answer, token } from '../fixtures/messages.ts';
import { summarise, type Row } from './measure.ts';

const tokensAnAnswer = 2_000;
const rounds = 5;

export function storedTokensBench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'history-bench-'));
  try {
    const store = new ChatStore(join(folder, 'history.sqlite'));
    store.create({ id: 'c', title: '', createdAt: 1 });
    const tokens = Array.from({ length: tokensAnAnswer }, (_, i) => usualToken(i));
    const rows = [1, 10, 100].map((batch) => {
      const each = Array.from({ length: rounds }, (_, round) =>
        millisecondsAToken(store, `${batch}-${round}`, tokens, batch),
      );
      const name = batch === 1 ? 'a write for each token' : `a write for ${batch} tokens`;
      return summarise(`${name}, ms a token`, 'ms', each);
    });
    store.close();
    return Promise.resolve(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function millisecondsAToken(store: ChatStore, id: string, tokens: readonly GeneratedToken[], batch: number): number {
  store.append('c', [answer({ id, conversationId: 'c', status: 'streaming' })]);
  const begun = performance.now();
  for (let at = 0; at < tokens.length; at += batch) store.putTokens(id, at, tokens.slice(at, at + batch));
  return (performance.now() - begun) / tokens.length;
}

/** With ten alternatives, as the engine gives them: about 800 bytes. */
function usualToken(id: number): GeneratedToken {
  const alternatives = Array.from({ length: 10 }, (_, i) => ({
    id: id + i,
    piece: `▁morceau${i}`,
    logProbability: -0.123_456_789 * (i + 1),
  }));
  return { ...token(id, ' morceau'), alternatives };
}
