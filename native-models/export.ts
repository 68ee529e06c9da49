/**
 * Turns a published model folder (safetensors, config.json, tokenizer) into one that ONNX Runtime can run, in the layout that
 * transformers.js and onnxruntime-genai read too. The same source gives the same bytes. Everything is written under temporary
 * names and named at the end, so an export that fails or is cancelled leaves the output folder as it was.
 */
import { join } from 'node:path';
import { architectureOf } from './architectures/registry.ts';
import { ExportError } from './export-error.ts';
import { hashFile } from './files/hash-file.ts';
import { genaiConfig } from './model-folder/genai-config.ts';
import { parseGenerationSettings } from './model-folder/generation-settings.ts';
import { PendingFiles } from './model-folder/pending-files.ts';
import {
  configFileName,
  encodeJson,
  generationConfigFileName,
  optionalFileNames,
  parseJsonObject,
  readOptionalSourceFile,
  readSourceFile,
  tokenizerFileNames,
  weightsFileName,
} from './model-folder/source-folder.ts';
import { transformersConfig } from './model-folder/transformers-config.ts';
import {
  workbenchFile,
  type FileRecords,
  type SourceOrigin,
  type WrittenVariant,
} from './model-folder/workbench-file.ts';
import type { OnProgress } from './progress.ts';
import { FileByteSource } from './safetensors/byte-source.ts';
import { SafetensorsReader } from './safetensors/reader.ts';
import { variants as knownVariants, type VariantName } from './variants.ts';
import { writeVariant } from './write-variant.ts';

export interface ExportOptions {
  readonly sourceFolder: string;
  /** May be the source folder: the ONNX files are then added to it. Files of an earlier export are replaced. */
  readonly outputFolder: string;
  /** The first one is the default of transformers.js and of onnxruntime-genai. */
  readonly variants: readonly VariantName[];
  readonly origin?: SourceOrigin;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export interface ExportReport {
  /** Every file written, by its path in the output folder. */
  readonly files: FileRecords;
  readonly variants: readonly WrittenVariant[];
}

/** Throws `ExportError`, or the reason of `signal`. */
export async function exportModel(options: ExportOptions): Promise<ExportReport> {
  const { sourceFolder, outputFolder, origin = null, onProgress, signal } = options;
  const variants = [...new Set(options.variants)].map((name) => knownVariants[name]);
  const [defaultVariant] = variants;
  if (defaultVariant === undefined) {
    throw new ExportError('request.invalid', 'No variant was asked for.', {
      action: `Ask for one of: ${Object.keys(knownVariants).join(', ')}.`,
    });
  }
  signal?.throwIfAborted();
  const config = parseJsonObject(configFileName, await readSourceFile(sourceFolder, configFileName));
  const architecture = architectureOf(config);
  const generationConfig = await readSourceFile(sourceFolder, generationConfigFileName);
  const generation = parseGenerationSettings(parseJsonObject(generationConfigFileName, generationConfig));
  const copies = new Map([[generationConfigFileName, generationConfig]]);
  for (const name of tokenizerFileNames) copies.set(name, await readSourceFile(sourceFolder, name));
  for (const name of optionalFileNames) {
    const bytes = await readOptionalSourceFile(sourceFolder, name);
    if (bytes !== null) copies.set(name, bytes);
  }

  const weightsPath = join(sourceFolder, weightsFileName);
  const source = await FileByteSource.open(weightsPath);
  try {
    const weights = await SafetensorsReader.open(source);
    const total = source.byteLength;
    const weightsRecord = await hashFile(weightsPath, {
      signal,
      onBytes: (done) => onProgress?.({ phase: 'hash', done, total, unit: 'bytes' }),
    });
    const files = await PendingFiles.begin(outputFolder);
    try {
      const written: WrittenVariant[] = [];
      for (const variant of variants) {
        const measurements = await writeVariant({ architecture, weights, variant, files, signal, onProgress });
        written.push({ variant, measurements });
      }
      for (const [name, bytes] of copies) await files.write(name, bytes);
      await files.write(configFileName, encodeJson(transformersConfig(config, variants)));
      const modelPath = `onnx/${defaultVariant.fileName}`;
      await files.write('genai_config.json', encodeJson(genaiConfig({ architecture, generation, modelPath })));
      const sourceFiles = { [weightsFileName]: weightsRecord };
      const records = await files.finish();
      await files.write(
        'workbench.json',
        encodeJson(workbenchFile({ origin, sourceFiles, variants: written, files: records })),
      );
      const report: ExportReport = { files: await files.finish(), variants: written };
      signal?.throwIfAborted();
      await files.commit();
      return report;
    } catch (error) {
      await files.discard();
      throw error;
    }
  } finally {
    await source.close();
  }
}
