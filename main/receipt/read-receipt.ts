/** Reads a receipt that may be anyone's, and says what is wrong with it. */
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { receiptFormat, receiptSchema, type Receipt } from '../contract/receipt.ts';
import { readBounded } from '../files/read-bounded.ts';

/** A million ids take less than 8 MB. */
const largestReceipt = 64 << 20;

const versionSchema = z.object({ format: z.literal(receiptFormat), version: z.int() });

/** @throws WorkbenchError `FILE_UNREADABLE`, `FILE_FORMAT_UNKNOWN` for what is no receipt or a newer one, `FILE_CORRUPT` */
export async function readReceipt(path: string): Promise<Receipt> {
  const text = await readBounded(path, largestReceipt).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('FILE_UNREADABLE', path, `${path} cannot be read: ${reason}`, 'Name the file of a receipt.', cause);
  });
  return parseReceipt(path, text);
}

/** `path` is for the messages. */
export function parseReceipt(path: string, text: string): Receipt {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw fault('FILE_FORMAT_UNKNOWN', path, `${path} is no receipt: it is not JSON.`, saveAgain, cause);
  }
  const kind = versionSchema.safeParse(json);
  if (!kind.success) {
    const message = `${path} is no receipt: its "format" is not "${receiptFormat}".`;
    throw fault('FILE_FORMAT_UNKNOWN', path, message, saveAgain);
  }
  if (kind.data.version !== 1) {
    const message = `${path} is a receipt of version ${kind.data.version}; this workbench reads version 1.`;
    throw fault('FILE_FORMAT_UNKNOWN', path, message, 'Replay it with the newer workbench that wrote it.');
  }
  const receipt = receiptSchema.safeParse(json);
  if (receipt.success) return receipt.data;
  const message = `${path} is a damaged or altered receipt:\n${z.prettifyError(receipt.error)}`;
  throw fault('FILE_CORRUPT', path, message, saveAgain, receipt.error);
}

const saveAgain = 'Save the receipt again from the answer, or with: lucie ask --receipt FILE';

function fault(
  code: 'FILE_UNREADABLE' | 'FILE_FORMAT_UNKNOWN' | 'FILE_CORRUPT',
  path: string,
  message: string,
  action: string,
  cause?: unknown,
): WorkbenchError {
  return new WorkbenchError(code, message, { action, details: { path, reason: message }, cause });
}
