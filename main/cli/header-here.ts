/** What receipts of the command line begin with. */
import { version } from '../app/index.ts';
import type { LoadedModel } from '../contract/engine.ts';
import type { ReceiptHeader } from '../contract/receipt.ts';
import { readOrigin, type EngineClient } from '../models/index.ts';
import { receiptHeader } from '../receipt/index.ts';

/** Of this machine and the model that is loaded. */
export async function headerHere(engine: EngineClient, model: LoadedModel): Promise<ReceiptHeader> {
  const [fingerprint, origin] = await Promise.all([engine.fingerprint(), readOrigin(model.folder)]);
  return receiptHeader({ workbenchVersion: version, model, fingerprint, origin });
}
