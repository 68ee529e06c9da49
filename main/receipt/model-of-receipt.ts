/** Finds the model that a receipt tells of among those that are listed, by its hashes and not by its name. */
import { join } from 'node:path';
import { hashFile } from '../../native-models/formats.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { ModelSummary } from '../contract/models.ts';
import type { ReceiptHeader } from '../contract/receipt.ts';
import { modelFingerprint } from '../files/model-fingerprint.ts';
import { areSameWeights } from './differences.ts';

/**
 * The folder of the first model with the same graph, tokenizer and weights. Models of one shape have equal graphs, so weights that
 * are known to differ rule a model out, and weights that are known to be equal come first.
 * @throws WorkbenchError `MODEL_NOT_FOUND`
 */
export async function folderOfReceipt(receipt: ReceiptHeader, models: readonly ModelSummary[]): Promise<string> {
  let possible: string | null = null;
  for (const { folder, files } of models) {
    if (!files.some(({ name }) => name === receipt.model.file)) continue;
    const match = await matchOf(receipt, folder);
    if (match === 'same') return folder;
    if (match === 'maybe') possible ??= folder;
  }
  if (possible !== null) return possible;
  const { name, repository, graphSha256 } = receipt.model;
  throw new WorkbenchError(
    'MODEL_NOT_FOUND',
    `None of the models here is ${repository ?? name} as the receipt has it (graph ${graphSha256.slice(0, 12)}…).`,
    {
      action: 'Download or convert it first, or name a model to try with --model.',
      details: { model: repository ?? name },
    },
  );
}

/** A folder that cannot be read is not the one that is looked for. */
async function matchOf(receipt: ReceiptHeader, folder: string): Promise<'same' | 'maybe' | 'other'> {
  try {
    const tokenizer = await hashFile(join(folder, 'tokenizer.json'));
    if (tokenizer.sha256 !== receipt.tokenizerSha256) return 'other';
    const { graphSha256, weights } = await modelFingerprint(folder, receipt.model.file);
    if (graphSha256 !== receipt.model.graphSha256) return 'other';
    const same = receipt.model.weights.map((recorded) => {
      const here = weights.find(({ file }) => file === recorded.file);
      return here === undefined ? false : areSameWeights(recorded, here);
    });
    if (same.includes(false)) return 'other';
    return same.includes(null) ? 'maybe' : 'same';
  } catch {
    return 'other';
  }
}
