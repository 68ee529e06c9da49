/** Drives an exported model by its graph contract: ids, mask, past and number of kept positions in; logits and present out. */
import { InferenceSession, Tensor } from 'onnxruntime-node';

export type KeyValues = Readonly<Record<string, Tensor>>;

export interface Call {
  /** One row a sequence, all of one length. */
  readonly ids: readonly (readonly number[])[];
  /** `[batch][total]`; all ones when left out. */
  readonly mask?: readonly (readonly number[])[];
  readonly past?: KeyValues;
  readonly keep?: number;
}

export interface Answer {
  /** `[batch][kept]`, each `[vocabulary]`. */
  readonly logits: readonly (readonly Float32Array[])[];
  readonly past: KeyValues;
}

export class OnnxModel {
  readonly session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.session = session;
  }

  static async load(path: string): Promise<OnnxModel> {
    return new OnnxModel(await InferenceSession.create(path, { executionProviders: ['cpu'], intraOpNumThreads: 2 }));
  }

  async run({ ids, past, keep = 0, mask }: Call): Promise<Answer> {
    const batch = ids.length;
    const sequence = ids[0]?.length ?? 0;
    const cached = past === undefined ? 0 : Number(Object.values(past)[0]?.dims[2]);
    const rows = mask ?? ids.map(() => Array.from({ length: cached + sequence }, () => 1));
    const outputs = await this.session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids.flat(), BigInt), [batch, sequence]),
      attention_mask: new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), [batch, rows[0]?.length ?? 0]),
      num_logits_to_keep: new Tensor('int64', BigInt64Array.of(BigInt(keep)), []),
      ...(past ?? this.#emptyPast(batch)),
    });
    const logits = outputs['logits'] as Tensor;
    const [, kept = 0, vocabulary = 0] = logits.dims;
    const data = logits.data as Float32Array;
    const at = (row: number, position: number) => (row * kept + position) * vocabulary;
    return {
      logits: ids.map((_, row) =>
        Array.from({ length: kept }, (__, position) => data.subarray(at(row, position), at(row, position + 1))),
      ),
      past: Object.fromEntries(
        Object.entries(outputs)
          .filter(([name]) => name !== 'logits')
          .map(([name, value]) => [name.replace('present', 'past_key_values'), value as Tensor]),
      ),
    };
  }

  /** The most likely continuation, token by token, whatever the tokens are. */
  async greedy(prompt: readonly number[], steps: number): Promise<number[]> {
    const ids: number[] = [];
    let answer = await this.run({ ids: [prompt], keep: 1 });
    for (;;) {
      const id = largest(answer.logits[0]?.[0] ?? new Float32Array());
      ids.push(id);
      if (ids.length === steps) return ids;
      answer = await this.run({ ids: [[id]], past: answer.past, keep: 1 });
    }
  }

  #emptyPast(batch: number): KeyValues {
    return Object.fromEntries(
      this.session.inputMetadata.flatMap((input) => {
        if (!input.name.startsWith('past_key_values.') || !input.isTensor) return [];
        const [, heads = 0, , size = 0] = input.shape.map(Number);
        return [[input.name, new Tensor('float32', new Float32Array(0), [batch, heads, 0, size])]];
      }),
    );
  }
}

export function largest(logits: ArrayLike<number>): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if ((logits[token] as number) > (logits[best] as number)) best = token;
  }
  return best;
}

/** The largest absolute difference. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} values against ${b.length}.`);
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference = Math.max(difference, Math.abs((a[i] as number) - (b[i] as number)));
  return difference;
}
