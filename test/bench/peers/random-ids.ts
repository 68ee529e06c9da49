/** Token ids without meaning, the same for the same seed: what is computed from them takes as long as for any text. */
import { Random } from '../../../main/engine/sampling/random.ts';

export function randomIds(seed: number, count: number, vocabularySize: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => Math.floor(random.nextFloat() * vocabularySize));
}
