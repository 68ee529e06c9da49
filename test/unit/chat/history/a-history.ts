/** A history in a folder of its own, with a conversation of several branches, for tests of what is done with a history. */
import { join } from 'node:path';
import { HistoryService } from '../../../../main/chat/history/history-service.ts';
import type { ExportEvent, ExportFormat, ExportScope, ImportEvent } from '../../../../main/contract/chat-history.ts';
import type { ImportReport } from '../../../../main/contract/conversation-import.ts';
import type { ReceiptHeader } from '../../../../main/contract/receipt.ts';
import { ChatStore } from '../../../../main/chat/store.ts';
import { answer, message, token } from '../../../fixtures/messages.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const noModel = {
  loaded: () => null,
  generating: () => {
    throw new Error('No model generates here.');
  },
  checkFree: () => undefined,
  cancel: () => Promise.resolve(),
};

export interface AHistory {
  store: ChatStore;
  history: HistoryService;
  path: string;
}

export function aHistory(path = join(temporaryFolder(), 'conversations.sqlite')): AHistory {
  const store = new ChatStore(path);
  return { store, history: new HistoryService({ store, models: noModel, workbenchVersion: '1.2.3' }), path };
}

const header: ReceiptHeader = {
  format: 'lucie-workbench-receipt',
  version: 1,
  workbench: '1.2.3',
  model: {
    name: 'demo',
    repository: null,
    revision: null,
    commit: null,
    file: 'onnx/model_q4.onnx',
    graphSha256: 'a'.repeat(64),
    weights: [{ file: 'onnx/model_q4.onnx_data', byteLength: 4, sha256: null }],
    isExact: true,
  },
  tokenizerSha256: 'b'.repeat(64),
  runtime: { onnxruntime: '1.30.0', node: '24.0.0', platform: 'linux', arch: 'x64', processor: 'A processor' },
  device: 'cpu',
  threads: 2,
};

/** Two questions, three answers, one of them with tokens, an attachment and a receipt; pinned, in a folder, with options. */
export function fillHistory({ store, history }: AHistory): void {
  const folder = history.folders.create('Géographie');
  store.create({ id: 'c1', title: 'Les capitales', createdAt: 1_700_000_000_000 });
  const attachments = [{ name: 'pays.txt', text: 'France\nÉthiopie' }];
  const question = message({
    id: 'u1',
    conversationId: 'c1',
    text: 'Quelle est la capitale de la France ?',
    attachments,
  });
  const tokens = [token(5, ' Paris'), token(6, '.')];
  const reply = answer({ id: 'a1', conversationId: 'c1', parentId: 'u1', status: 'streaming' });
  store.append('c1', [question, reply]);
  store.putTokens('a1', 0, tokens);
  store.update({ ...reply, text: ' Paris.', ids: [5, 6], tokens, status: 'complete', finishReason: 'stop-token' });
  store.keepReceipt('a1', { promptIds: [1, 2, 3], givenTokens: 1, header });
  store.append('c1', [
    answer({
      id: 'a2',
      conversationId: 'c1',
      parentId: 'u1',
      text: 'C’est Paris, <b>évidemment</b>.',
      editedFrom: 'a1',
    }),
    message({ id: 'u2', conversationId: 'c1', parentId: 'a2', text: 'Et celle de l’Éthiopie ?' }),
    answer({ id: 'a3', conversationId: 'c1', parentId: 'u2', text: 'Addis-Abeba.', status: 'stopped', model: 'lucie' }),
  ]);
  store.configure('c1', {
    mode: 'chat',
    systemPrompt: 'Réponds en une phrase.',
    sampling: { temperature: 0 },
    preset: null,
  });
  history.folders.move('c1', folder.id);
  history.folders.pin('c1', true);
  store.create({ id: 'c2', title: '', createdAt: 1_700_000_100_000 });
  store.append('c2', [message({ id: 'u3', conversationId: 'c2', text: 'Une recette de crêpes' })]);
}

/** Of an export: the whole file. */
export async function exported(
  history: HistoryService,
  format: ExportFormat,
  scope: ExportScope = { type: 'all' },
): Promise<{ text: string; end: Extract<ExportEvent, { type: 'end' }> }> {
  let text = '';
  for await (const event of history.export({ scope, format, language: 'fr' })) {
    if (event.type === 'end') return { text, end: event };
    text += event.text;
  }
  throw new Error('The export did not end.');
}

export async function imported(history: HistoryService, path: string): Promise<ImportReport> {
  const events: ImportEvent[] = [];
  for await (const event of history.import(path)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'end') throw new Error('The import did not end.');
  return last.report;
}
