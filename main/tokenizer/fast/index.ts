/** The fast, exact tokenizer of Lucie's family; everything else goes through the native library. */
export { applyAlterations } from './alterations.ts';
export {
  explainChunks,
  explainMerges,
  explainNormalisation,
  longestReplayedChunk,
  type ChunkMerge,
  type ChunkReplay,
  type ChunkSymbol,
  type ControlPart,
  type NormalisedPart,
} from './explain-steps.ts';
export {
  FastEncoder,
  type EncodedText,
  type FastEncodeOptions,
  type SliceOptions,
  type TokenSlice,
} from './fast-encoder.ts';
export { tokenFlag, type TokenColumns } from './token-columns.ts';
export { VocabularyFacts, type Reachability } from './vocabulary-facts.ts';
