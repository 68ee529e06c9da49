/** Why a file of conversations cannot be taken in; the interface has a sentence for each reason. */
import { WorkbenchError } from '../../../contract/errors.ts';

const reasons = {
  zip: ['It is a zip archive.', 'Unpack it, and import the conversations.json that is in it.'],
  'not-json': ['It is not JSON in UTF-8.', 'Choose a JSON file of this workbench, of ChatGPT or of LM Studio.'],
  newer: ['A newer version of the workbench wrote it.', 'Import it with that version.'],
  broken: ['Its JSON is broken.', 'Export the conversations again, or repair the file there.'],
  'ends-early': ['It ends in the middle.', 'It may have been copied only in part: get it again.'],
  nothing: ['It has no conversation.', 'Choose a JSON file of this workbench, of ChatGPT or of LM Studio.'],
} as const;

export type FileFault = keyof typeof reasons;

export function fileInvalid(fault: FileFault, details: Record<string, string | number> = {}): WorkbenchError {
  const [why, action] = reasons[fault];
  const place = details.offset === undefined ? '' : ` (character ${details.offset})`;
  return new WorkbenchError(
    'CONVERSATION_FILE_INVALID',
    `This file of conversations cannot be taken in. ${why}${place}`,
    {
      action,
      details: { ...details, reason: fault },
    },
  );
}
