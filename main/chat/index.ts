/** Conversations: stored, answered, watched; and the database that they are in. */
export { AnswerEnds } from './answer-ends.ts';
export { ChatService } from './chat-service.ts';
export { DraftStore } from './drafts/draft-store.ts';
export { PromptTemplateStore } from './prompt-templates/prompt-template-store.ts';
export { ChatStore } from './store.ts';
export { HistoryService } from './history/history-service.ts';
export { idsFromBlob, idsToBlob } from './message-row.ts';
export { openDatabase } from './open-database.ts';
export { tokensFromRows } from './token-rows.ts';
export { inTransaction } from './transaction.ts';
