/** Does what a job asks for. Stopped or failed at any point, the same request goes on from there. */
import type { ConversionReport } from '../../contract/conversion.ts';
import { missingCase } from '../../contract/errors.ts';
import type { Target } from '../../contract/model-family.ts';
import type { JobRequest } from '../../contract/model-jobs.ts';
import type { Verification } from '../../contract/verification.ts';
import {
  chooseModelFiles,
  listFiles,
  parseModelName,
  pullModel,
  resolveRevision,
  type HubAccess,
  type HubFile,
} from '../../hub/index.ts';
import { readOrigin, type ModelOrigin } from '../model-origin.ts';
import type { Conversion, WorkOptions } from './conversion-process.ts';
import { hubStep } from './hub-step.ts';

export interface RunOptions extends WorkOptions {
  access: HubAccess;
  conversion: Conversion;
  /** Where the model is or will be. */
  folder: string;
  calibrationTexts: string[];
}

export interface JobResult {
  notes: string[];
  verification: Verification | null;
}

/** @throws WorkbenchError as the hub client and the conversion */
export async function runRequest(request: JobRequest, options: RunOptions): Promise<JobResult> {
  switch (request.kind) {
    case 'get':
      return getModel(request, options);
    case 'convert': {
      const origin = await readOrigin(options.folder);
      return convert(request.target, { source: options.folder, origin }, options);
    }
    case 'verify':
      return { notes: [], verification: await options.conversion.verify(options.folder, options) };
    default:
      return missingCase(request);
  }
}

async function getModel(request: JobRequest & { kind: 'get' }, options: RunOptions): Promise<JobResult> {
  const { access, conversion, folder, signal, onProgress } = options;
  const { repository, revision } = parseModelName(`${request.repository}@${request.revision}`);
  onProgress({ phase: 'list', done: 0, total: null, unit: 'files' });
  const commit = await resolveRevision(access, repository, revision, signal);
  const isOnnx = hasGraph(chooseModelFiles(await listFiles(access, repository, commit, signal), null));
  const published = { repository: repository.name, revision };
  if (!isOnnx && !request.keepSource) {
    const source = `${access.url(...repository.name.split('/'), 'resolve', commit).href}/`;
    return convert(request.target, { source, origin: { ...published, commit } }, options);
  }
  const pulled = await pullModel(access, {
    repository,
    revision,
    form: isOnnx ? 'onnx' : 'safetensors',
    to: folder,
    signal,
    onProgress: (progress) => onProgress(hubStep(progress)),
  });
  if (isOnnx) return { notes: [], verification: await conversion.verify(folder, options) };
  return convert(request.target, { source: folder, origin: { ...published, commit: pulled.commit } }, options);
}

function convert(
  target: Target,
  { source, origin }: { source: string; origin: ModelOrigin | null },
  options: RunOptions,
): Promise<ConversionReport> {
  const { conversion, folder, calibrationTexts } = options;
  const published =
    origin === null ? null : { repository: origin.repository, revision: origin.commit ?? origin.revision };
  const request = { source, outputFolder: folder, target, revision: origin?.revision ?? null, origin: published };
  return conversion.convert({ ...request, calibrationTexts }, options);
}

function hasGraph(files: readonly HubFile[]): boolean {
  return files.some(({ path }) => path.endsWith('.onnx'));
}
