/** Receipts of answers: made, read, and tried again. */
export { receiptHeader, wholeReceipt } from './build-receipt.ts';
export { differencesOf, type Difference } from './differences.ts';
export { folderOfReceipt } from './model-of-receipt.ts';
export { readReceipt } from './read-receipt.ts';
export { replay, type Choice, type ReplayOutcome } from './replay.ts';
