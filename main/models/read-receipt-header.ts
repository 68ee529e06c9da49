/** What receipts of answers begin with: this machine, the model that is loaded, and where it came from. */
import type { LoadedModel } from '../contract/engine.ts';
import type { ReceiptHeader } from '../contract/receipt.ts';
import type { Logger } from '../logger/index.ts';
import { receiptHeader } from '../receipt/index.ts';
import type { EngineClient } from './engine-client.ts';
import { readOrigin } from './model-origin.ts';

interface Target {
  engine: EngineClient;
  model: LoadedModel;
}

/** @throws WorkbenchError as the engine's `fingerprint` */
export async function readReceiptHeader({ engine, model }: Target, workbenchVersion: string): Promise<ReceiptHeader> {
  const [fingerprint, origin] = await Promise.all([engine.fingerprint(), readOrigin(model.folder)]);
  return receiptHeader({ workbenchVersion, model, fingerprint, origin });
}

/** `null` where the model's files cannot be read any more: an answer is not refused for the want of a receipt. */
export async function receiptHeaderOrNone(
  target: Target,
  workbenchVersion: string,
  logger: Logger,
): Promise<ReceiptHeader | null> {
  try {
    return await readReceiptHeader(target, workbenchVersion);
  } catch (error) {
    logger.log('warn', 'An answer has no receipt', { error });
    return null;
  }
}
