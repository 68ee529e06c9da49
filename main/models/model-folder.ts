/** Describes a model folder from its files, without loading it; what is wrong with it is said, not thrown. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { modelFileSize } from '../files/model-file-size.ts';
import { largestFile, readBounded } from '../files/read-bounded.ts';
import type { ModelSummary } from '../contract/models.ts';
import { readOrigin } from './model-origin.ts';
import { recordedQuantisation } from './recorded-quantisation.ts';

const configSchema = z.object({
  model_type: z.string(),
  architectures: z.array(z.string()).optional(),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  num_hidden_layers: z.int().positive(),
  max_position_embeddings: z.int().positive(),
});

const unknownShape = { architecture: '', contextLength: 0, vocabularySize: 0, layers: 0, hiddenSize: 0 };

export async function describeModelFolder(
  folder: string,
  /** Without a name the folder's own is taken. */
  identity: { id: string; embedded: boolean; removable: boolean; name?: string },
): Promise<ModelSummary> {
  const summary: ModelSummary = {
    name: basename(folder),
    ...identity,
    folder,
    origin: await readOrigin(folder),
    convertible: await holdsWeights(folder),
    ...unknownShape,
    files: [],
    problem: null,
  };
  try {
    const config = await readConfig(folder);
    summary.architecture = config.architectures?.[0] ?? config.model_type;
    summary.contextLength = config.max_position_embeddings;
    summary.vocabularySize = config.vocab_size;
    summary.layers = config.num_hidden_layers;
    summary.hiddenSize = config.hidden_size;
    summary.files = await listOnnxFiles(folder);
  } catch (error) {
    summary.problem = WorkbenchError.from(error).toReport();
  }
  return summary;
}

export async function isModelFolder(folder: string): Promise<boolean> {
  return stat(join(folder, 'config.json')).then(
    (file) => file.isFile(),
    () => false,
  );
}

/** Published weights, whole or in parts with their index. */
async function holdsWeights(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.includes('model.safetensors') || names.includes('model.safetensors.index.json');
}

async function readConfig(folder: string): Promise<z.infer<typeof configSchema>> {
  const path = join(folder, 'config.json');
  const text = await readBounded(path, largestFile.config).catch((cause: unknown) => {
    if (cause instanceof WorkbenchError) throw cause;
    throw new WorkbenchError('MODEL_FILE_MISSING', `The model folder ${folder} has no readable config.json.`, {
      action: 'Choose the folder that holds config.json, tokenizer.json and onnx/.',
      details: { folder, file: 'config.json' },
      cause,
    });
  });
  try {
    return configSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new WorkbenchError('MODEL_FILE_CORRUPT', `${path} is not the configuration of a language model.`, {
      action: 'Download or export the model again.',
      details: { folder, file: 'config.json' },
      cause,
    });
  }
}

/** ONNX graphs with the bytes of their external data (`x.onnx_data`, by the convention of transformers.js). */
async function listOnnxFiles(folder: string): Promise<ModelSummary['files']> {
  const names = await readdir(join(folder, 'onnx')).catch((): string[] => []);
  const graphs = names.filter((name) => name.endsWith('.onnx')).sort();
  if (graphs.length === 0) {
    throw new WorkbenchError('MODEL_FILE_MISSING', `The model folder ${folder} has no .onnx file under onnx/.`, {
      action: 'Convert it: in the Models pane, or with: lucie models convert FOLDER',
      details: { folder, file: 'onnx/*.onnx' },
    });
  }
  const quantisations = await recordedQuantisation(folder);
  return Promise.all(
    graphs.map(async (name) => {
      const parts = names.filter((other) => other === name || other.startsWith(`${name}_data`));
      const sizes = await Promise.all(parts.map((part) => modelFileSize(folder, `onnx/${part}`)));
      const path = `onnx/${name}`;
      const byteLength = sizes.reduce((sum: number, size) => sum + (size ?? 0), 0);
      return { name: path, byteLength, quantisation: quantisations.get(path) ?? null };
    }),
  );
}
