/** What receipts of the command line begin with. */
import { version } from '../app/index.ts';
import type { LoadedModel } from '../contract/engine.ts';
import type { ReceiptHeader } from '../contract/receipt.ts';
import { readReceiptHeader, type EngineClient } from '../models/index.ts';

/** Of this machine and the model that is loaded. */
export function headerHere(engine: EngineClient, model: LoadedModel): Promise<ReceiptHeader> {
  return readReceiptHeader({ engine, model }, version);
}
