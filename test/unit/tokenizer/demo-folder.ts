/** The embedded demo model: its tokenizer has Lucie's normaliser, decoder, byte fallback and control tokens. */
import { resolve } from 'node:path';

export const demoFolder = resolve(import.meta.dirname, '../../../native-models/demo/lucie-demo');
