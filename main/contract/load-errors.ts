/** What can be wrong with a model folder, or with what is to run it: everything that needs a model can fail with these. */
export const loadErrors = [
  'MODEL_NOT_FOUND',
  'MODEL_FILE_MISSING',
  'MODEL_FILE_CORRUPT',
  'MODEL_FILE_UNSAFE',
  'MODEL_SHAPE_MISMATCH',
  'TOKENIZER_INVALID',
  'MEMORY_INSUFFICIENT',
  'OUT_OF_MEMORY',
  'DEVICE_LOST',
] as const;
