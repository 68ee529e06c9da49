/** Conversations: stored, answered, watched. */
export { ChatService } from './chat-service.ts';
export { ChatStore } from './store.ts';
