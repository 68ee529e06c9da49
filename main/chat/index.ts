/** Conversations: stored, answered, watched. */
export { AnswerEnds } from './answer-ends.ts';
export { ChatService } from './chat-service.ts';
export { ChatStore } from './store.ts';
