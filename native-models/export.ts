/**
 * Turns a published model (safetensors, config.json, tokenizer; a folder or an address) into a folder that ONNX Runtime can run,
 * in the layout that transformers.js and onnxruntime-genai read too. The same source gives the same bytes, also when the run was
 * killed and taken up again. Nothing has its final name before everything is written and verified.
 */
import { overrideForPhase, type ConfigOverride } from './architectures/phase-override.ts';
import { architectureOf } from './architectures/registry.ts';
import { addInt8Cache, removeInt8Cache } from './calibrate/add-int8-cache.ts';
import { exportSequences, type CalibrationSequences } from './calibrate/export-sequences.ts';
import { ExportError } from './export-error.ts';
import { requireDiskSpace } from './files/disk-space.ts';
import { genaiConfig } from './model-folder/genai-config.ts';
import { parseGenerationSettings } from './model-folder/generation-settings.ts';
import { localSource } from './model-folder/local-source.ts';
import { readRequired } from './model-folder/model-source.ts';
import { openWeights } from './model-folder/open-weights.ts';
import { PendingFiles } from './model-folder/pending-files.ts';
import { isRemoteAddress, remoteSource } from './model-folder/remote-source.ts';
import { resumeKey } from './model-folder/resume-key.ts';
import { readSmallFiles } from './model-folder/small-files.ts';
import { configFileName, encodeJson, generationConfigFileName, parseJsonObject } from './model-folder/source-folder.ts';
import { transformersConfig } from './model-folder/transformers-config.ts';
import {
  workbenchFile,
  type FileRecords,
  type SourceOrigin,
  type WrittenVariant,
} from './model-folder/workbench-file.ts';
import type { HttpOptions } from './http/retry.ts';
import { dataFileOf, planVariant } from './plan-variant.ts';
import type { OnProgress } from './progress.ts';
import type { MatrixMeasurement } from './quantize/quantized-group.ts';
import type { QuantizerOptions } from './quantize/quantizer.ts';
import type { VerificationReport } from './verify/report.ts';
import { requireVerified } from './verify/require-verified.ts';
import { verifyModel } from './verify/verify-model.ts';
import { variants as knownVariants, type Variant, type VariantName } from './variants.ts';
import { writePlans } from './write-plans.ts';

export interface ExportOptions extends QuantizerOptions {
  /** A folder, or an http(s) address under which the files lie, such as `https://…/resolve/REVISION/`. */
  readonly sourceFolder: string;
  /** May be the source folder: the ONNX files are then added to it. Files of an earlier export are replaced. */
  readonly outputFolder: string;
  /** The first one is the default of transformers.js and of onnxruntime-genai. */
  readonly variants: readonly (VariantName | Variant)[];
  readonly origin?: SourceOrigin;
  /** The name of the revision, which says which phase of Lucie's training a checkpoint is of. Known for a `resolve` address. */
  readonly revision?: string;
  /** From a calibration run: the scales of the matrices are then fitted to what their inputs are. */
  readonly inputMoments?: ReadonlyMap<string, Float32Array>;
  /**
   * Token ids of texts like those that the model will see; the longest one bounds the memory of the run. Beside `model_q4.onnx`
   * then comes `model_q4_kv8.onnx`, its int8 cache scaled to what these need. None: no int8 cache.
   */
  readonly calibrationSequences?: CalibrationSequences;
  /** Headers and patience for a remote source. */
  readonly http?: HttpOptions;
  /**
   * What becomes of the work of a run that fails or is cancelled: gone (the default), or kept in `.export/`, where the next run
   * with the same source and options goes on. A run that was killed is always gone on with.
   */
  readonly interrupted?: 'discard' | 'keep';
  /** Whether the files are verified before they get their names: they are, unless a caller that knows them leaves it out. */
  readonly verification?: 'full' | 'skip';
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

export interface ExportReport {
  /** Every file written, by its path in the output folder. */
  readonly files: FileRecords;
  readonly variants: readonly WrittenVariant[];
  /** Tensors of the source that the graph has no use for. */
  readonly ignoredTensors: readonly string[];
  /** What was put right in the published config.json. */
  readonly overrides: readonly ConfigOverride[];
  /** What was checked before the files got their names; `null` where that was left out. */
  readonly verification: VerificationReport | null;
}

/** Of a commit that was cut: what was found before it began. */
const verificationFact = 'verification';

/** Room for the tokenizer, the configurations and the journal. */
const smallFilesByteLength = 64 << 20;

/** Throws `ExportError`, or the reason of `signal`. */
export async function exportModel(options: ExportOptions): Promise<ExportReport> {
  const { sourceFolder, http, signal } = options;
  const variants = chosenVariants(options.variants);
  signal?.throwIfAborted();
  const source = isRemoteAddress(sourceFolder)
    ? await remoteSource(sourceFolder, http, signal)
    : localSource(sourceFolder);
  const interrupted = await PendingFiles.finishInterrupted(options.outputFolder);
  const published = parseJsonObject(configFileName, await readRequired(source, configFileName, signal));
  const revision = options.revision ?? source.revision;
  const { config, overrides } = overrideForPhase(published, revision);
  const architecture = architectureOf(config);
  const copies = await readSmallFiles(source, signal);
  const generationConfig = copies.get(generationConfigFileName) ?? new Uint8Array();
  const generation = parseGenerationSettings(parseJsonObject(generationConfigFileName, generationConfig));

  const weights = await openWeights(source, signal);
  try {
    const { inputMoments, onProgress } = options;
    const sequences = await exportSequences(options.calibrationSequences, variants, copies);
    const plans = variants.map((variant) => planVariant({ architecture, weights, variant, inputMoments }));
    const ignoredTensors = weights.ignored;
    const origin = options.origin ?? source.origin;
    const { identities } = weights;
    const key = resumeKey({ config, copies, plans, weights: identities, origin, revision, inputMoments, sequences });
    if (interrupted?.key === key) {
      const measured = (variant: Variant) => interrupted.notes(dataFileOf(variant)).flat() as MatrixMeasurement[];
      const written = variants.map((variant) => ({ variant, measurements: measured(variant) }));
      const verification = interrupted.fact<VerificationReport>(verificationFact);
      return { files: interrupted.files, variants: written, ignoredTensors, overrides, verification };
    }
    const needed = plans.reduce((sum, plan) => sum + plan.dataByteLength + plan.model.byteLength, smallFilesByteLength);
    await requireDiskSpace(options.outputFolder, needed - (await PendingFiles.byteLength(options.outputFolder)));
    const files = await PendingFiles.begin(options.outputFolder, key);
    try {
      const measurements = await writePlans(plans, {
        files,
        signal,
        onProgress,
        workers: options.workers,
        workerModule: options.workerModule,
        onBegin: (place) => weights.readFrom(place, files.hashStates),
        onTensor: async (place) => {
          await weights.drainBefore(place, signal);
          await files.recordHashes(weights.saveHashes());
        },
      });
      const sourceFiles = await files.fact('source', () => weights.finishHashes(signal));
      weights.stopHashing();
      const written = plans.map(({ variant }, index) => ({ variant, measurements: measurements[index] ?? [] }));
      for (const [name, bytes] of copies) await files.write(name, bytes);
      await files.write(configFileName, encodeJson(transformersConfig(config, variants)));
      const modelPath = `onnx/${variants[0].fileName}`;
      await files.write('genai_config.json', encodeJson(genaiConfig({ architecture, generation, modelPath })));
      await files.finish();
      const int8Cache = sequences.length === 0 ? null : await addInt8Cache({ files, sequences, signal, onProgress });
      const made = { variants: written, int8Cache, files: await files.finish() };
      const tensorOrder = weights.consumed;
      const described = { origin, revision, overrides, ignoredTensors, tensorOrder, sourceFiles, ...made };
      await files.write('workbench.json', encodeJson(workbenchFile(described)));
      const finished = await files.finish();
      let verification: VerificationReport | null = null;
      if (options.verification !== 'skip') {
        const verified = { config: published, weights, revision };
        verification = await verifyModel(files.pathOf('.'), { source: verified, onProgress, signal });
        requireVerified(verification);
        await files.record(verificationFact, verification);
      }
      const report: ExportReport = { files: finished, variants: written, ignoredTensors, overrides, verification };
      signal?.throwIfAborted();
      if (int8Cache === null && variants.some(({ name }) => name === 'q4')) await removeInt8Cache(options.outputFolder);
      await files.commit();
      return report;
    } catch (error) {
      // What was made of bytes that are not the published ones is of no use to anyone.
      const isWrong = error instanceof ExportError && error.code === 'source.changed';
      if (options.interrupted === 'keep' && !isWrong) await files.suspend();
      else await files.discard();
      throw error;
    }
  } finally {
    await weights.close();
  }
}

function chosenVariants(asked: ExportOptions['variants']): readonly [Variant, ...Variant[]] {
  const variants = asked.map((variant) => (typeof variant === 'string' ? knownVariants[variant] : variant));
  const [first, ...others] = [...new Map(variants.map((variant) => [variant.fileName, variant])).values()];
  if (first !== undefined) return [first, ...others];
  throw new ExportError('request.invalid', 'No variant was asked for.', {
    action: `Ask for one of: ${Object.keys(knownVariants).join(', ')}.`,
  });
}
