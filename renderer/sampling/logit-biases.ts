/** Biases of tokens as a list in order of their ids, and the changes that can be made to them. */
export type LogitBiases = Readonly<Record<string, number>>;

export interface LogitBias {
  id: number;
  bias: number;
}

export const mostBiases = 1_024;
/** What −100 and 100 do is the same as OpenAI's: no other logit comes near. */
export const strongestBias = 100;

export function biasList(biases: LogitBiases): LogitBias[] {
  return Object.entries(biases)
    .map(([id, bias]) => ({ id: Number(id), bias }))
    .sort((a, b) => a.id - b.id);
}

/** Beyond the limits the nearest that is allowed. */
export function withBias(biases: LogitBiases, id: number, bias: number): Record<string, number> {
  if (!Object.hasOwn(biases, id) && Object.keys(biases).length >= mostBiases) return { ...biases };
  return { ...biases, [id]: Math.max(-strongestBias, Math.min(strongestBias, bias)) };
}

export function withoutBias(biases: LogitBiases, id: number): Record<string, number> {
  return Object.fromEntries(Object.entries(biases).filter(([other]) => Number(other) !== id));
}
