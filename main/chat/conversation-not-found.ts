/** The error of everything that is asked of a conversation which is not there. */
import { WorkbenchError } from '../contract/errors.ts';

export function conversationNotFound(conversationId: string): WorkbenchError {
  return new WorkbenchError('CONVERSATION_NOT_FOUND', `There is no conversation ${conversationId}.`, {
    action: 'It may have been deleted in another window: choose one from the list.',
    details: { conversationId },
  });
}
