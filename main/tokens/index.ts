/** Tokenizers for the panes: which one is meant, and the process that holds them. */
export { ComparisonService } from './comparison-service.ts';
export { TokenService, type TokenizerClient } from './token-service.ts';
export { TokenizerSources, type FoundTokenizer } from './tokenizer-sources.ts';
