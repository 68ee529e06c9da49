/** In what a replay differs from the answer that a receipt tells of, before anything is run. */
import type { Receipt, ReceiptHeader } from '../contract/receipt.ts';
import type { ModelFingerprint } from '../contract/fingerprint.ts';

export interface Difference {
  what: string;
  recorded: string;
  here: string;
}

/** `here` is the header that a receipt of this machine and model would have. Names of models and the workbench are not compared. */
export function differencesOf(receipt: Receipt, here: ReceiptHeader): Difference[] {
  const [a, b] = [receipt, here];
  const compared: [string, string | number | boolean, string | number | boolean][] = [
    ['graph file', a.model.file, b.model.file],
    ['SHA-256 of the graph', a.model.graphSha256, b.model.graphSha256],
    ['SHA-256 of the tokenizer', a.tokenizerSha256, b.tokenizerSha256],
    ['device', a.device, b.device],
    ['threads', a.threads, b.threads],
    ['bits the same however a prompt is cut', a.model.isExact, b.model.isExact],
    ['ONNX Runtime', a.runtime.onnxruntime, b.runtime.onnxruntime],
    ['Node', a.runtime.node, b.runtime.node],
    ['platform', a.runtime.platform, b.runtime.platform],
    ['architecture', a.runtime.arch, b.runtime.arch],
    ['processor', a.runtime.processor, b.runtime.processor],
  ];
  return [
    ...compared
      .filter(([, recorded, current]) => recorded !== current)
      .map(([what, recorded, current]) => ({ what, recorded: String(recorded), here: String(current) })),
    ...weightDifferences(a.model.weights, b.model.weights),
  ];
}

/** Weights of which nobody recorded a hash are a difference too: they were not compared. */
function weightDifferences(recorded: ModelFingerprint['weights'], here: ModelFingerprint['weights']): Difference[] {
  const files = [...new Set([...recorded, ...here].map(({ file }) => file))];
  return files.flatMap((file) => {
    const [a, b] = [recorded, here].map((weights) => weights.find((weight) => weight.file === file));
    if (a !== undefined && b !== undefined && areSameWeights(a, b) === true) return [];
    return [{ what: `weights ${file}`, recorded: describeWeights(a), here: describeWeights(b) }];
  });
}

type Weights = ModelFingerprint['weights'][number];

/** `null` where a hash is missing and the lengths agree: it cannot be told. */
export function areSameWeights(a: Weights, b: Weights): boolean | null {
  if (a.byteLength !== b.byteLength) return false;
  return a.sha256 === null || b.sha256 === null ? null : a.sha256 === b.sha256;
}

function describeWeights(weights: Weights | undefined): string {
  if (weights === undefined) return 'none';
  return `${weights.byteLength} bytes, ${weights.sha256 ?? 'no hash recorded'}`;
}
