/** Tokenizers for the panes: which one is meant, and the process that holds them. */
export { TokenService, type TokenizerClient } from './token-service.ts';
