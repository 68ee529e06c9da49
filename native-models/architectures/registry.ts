/**
 * Which architecture a config.json asks for. Adding one: a file that builds its graph, a file that parses its configuration,
 * and a line here. An unknown `model_type` is refused by name.
 */
import { ExportError } from '../export-error.ts';
import type { ModelBuild } from '../operators/model-build.ts';
import { buildLlama } from './llama.ts';
import { parseLlamaConfig } from './llama-config.ts';

/** What the files around the graph must know about a model, whatever its architecture. */
export interface ModelShape {
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDimension: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  readonly contextLength: number;
}

export interface Architecture {
  /** The `model_type` of config.json. */
  readonly modelType: string;
  readonly shape: ModelShape;
  build(build: ModelBuild): void;
}

type Parse = (json: unknown) => Omit<Architecture, 'modelType'>;

const architectures: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  [
    'llama',
    (json) => {
      const config = parseLlamaConfig(json);
      return { shape: config, build: (build) => buildLlama(build, config) };
    },
  ],
]);

/** Models that are asked for by name and cannot be exported yet, with what they are. */
const notYet: ReadonlyMap<string, string> = new Map([
  ['nemotron', 'Luciole 1B and 23B (model type "nemotron") have another feed-forward block and norm than Llama'],
  ['nemotron_h', 'Luciole 8B (model type "nemotron_h") mixes attention with state-space blocks'],
]);

/** Throws `config.invalid`, `config.unsupported` or `architecture.unknown`. */
export function architectureOf(json: unknown): Architecture {
  const modelType = typeof json === 'object' && json !== null && 'model_type' in json ? json.model_type : undefined;
  if (typeof modelType !== 'string') {
    throw new ExportError('config.invalid', 'config.json names no "model_type".', {
      action: 'Use the config.json that was published with the weights.',
    });
  }
  const parse = architectures.get(modelType);
  if (parse === undefined) {
    const known = [...architectures.keys()];
    const reason = notYet.get(modelType);
    if (reason !== undefined) {
      const message = `${reason}, and cannot be exported yet; known: ${known.join(', ')}.`;
      const action = 'Choose a model of the Lucie-7B family.';
      throw new ExportError('architecture.unknown', message, { action, details: { modelType, known } });
    }
    throw new ExportError(
      'architecture.unknown',
      `No architecture is known for the model type "${modelType}"; known: ${known.join(', ')}.`,
      { action: 'Choose a model of a known type.', details: { modelType, known } },
    );
  }
  return { modelType, ...parse(json) };
}
