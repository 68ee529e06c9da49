/** The receipt of an answer from what was kept when it began and the message that it became. */
import { z } from 'zod';
import { receiptHeaderSchema, receiptSchema, type Receipt } from '../contract/receipt.ts';
import { wholeReceipt } from '../receipt/index.ts';
import { idsFromBlob, messageFromRow } from './message-row.ts';

const rowSchema = z.looseObject({ prompt_ids: z.instanceof(Uint8Array), header: z.string() });

/** A row of `receipt` joined with its message; `null` where the answer broke off, so that neither seed nor end is known. */
export function receiptFromRow(joined: unknown): Receipt | null {
  const row = rowSchema.parse(joined);
  const { sampling, statistics, finishReason, ids, createdAt } = messageFromRow(row, []);
  if (sampling === null || statistics === null || finishReason === null) return null;
  const answer = { sampling, seed: statistics.seed, finishReason, createdAt };
  const header = receiptHeaderSchema.parse(JSON.parse(row.header));
  const receipt = wholeReceipt(header, {
    ...answer,
    promptIds: idsFromBlob(row.prompt_ids),
    givenTokens: 0,
    continuesText: false,
    generatedIds: ids,
  });
  return receiptSchema.parse(receipt);
}
