/** The model catalogue, the engine that runs one of its models, and the long work of getting and making them. */
export { Catalogue, embeddedModelId } from './catalogue.ts';
export { checkGrammar } from './check-grammar.ts';
export { describeFamily } from './family.ts';
export type { HeldEngine, HeldModel } from './held-engine.ts';
export { inspectRepository } from './inspect-repository.ts';
export type { Conversion } from './jobs/conversion-process.ts';
export { openModelJobs } from './jobs/open-model-jobs.ts';
export { ModelJobs } from './jobs/model-jobs.ts';
export { runRequest } from './jobs/run-request.ts';
export { verificationError } from './jobs/verification-error.ts';
export { inspectAttention, inspectLens, nearestTokens } from './inspect-text.ts';
export { readOrigin, type ModelOrigin } from './model-origin.ts';
export { readReceiptHeader, receiptHeaderOrNone } from './read-receipt-header.ts';
export { ModelService, type EngineClient } from './model-service.ts';
export { scoreContinuations, scoreText } from './score-text.ts';
