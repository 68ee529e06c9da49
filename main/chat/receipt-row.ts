/** The receipt of an answer from what was kept when it began and the message that it became. */
import { z } from 'zod';
import { receiptHeaderSchema, receiptSchema, type Receipt } from '../contract/receipt.ts';
import { wholeReceipt } from '../receipt/index.ts';
import { idsFromBlob, messageFromRow } from './message-row.ts';

const rowSchema = z.looseObject({
  prompt_ids: z.instanceof(Uint8Array),
  given_tokens: z.number(),
  header: z.string(),
});

/** A row of `receipt` joined with its message; `null` where the answer broke off, so that neither seed nor end is known. */
export function receiptFromRow(joined: unknown): Receipt | null {
  const row = rowSchema.parse(joined);
  const { sampling, statistics, finishReason, ids, mode, createdAt } = messageFromRow(row, []);
  if (sampling === null || statistics === null || finishReason === null) return null;
  const promptIds = idsFromBlob(row.prompt_ids);
  const { given_tokens: givenTokens } = row;
  const receipt = wholeReceipt(receiptHeaderSchema.parse(JSON.parse(row.header)), {
    sampling,
    seed: statistics.seed,
    finishReason,
    createdAt,
    promptIds,
    givenTokens,
    continuesText: mode === 'text',
    // A message has the ids that were given too.
    generatedIds: ids.slice(givenTokens),
  });
  return receiptSchema.parse(receipt);
}
