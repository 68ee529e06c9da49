/** Conversations: stored, answered, watched. */
export { ChatService } from './chat-service.ts';
export { ChatStore } from './store.ts';
export { HistoryService } from './history/history-service.ts';
