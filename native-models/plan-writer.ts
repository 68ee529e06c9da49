/** Where the writing of one planned variant stands: which of its groups are in its data file, and which comes next. */
import type { AtomicFile } from './files/atomic-file.ts';
import type { PendingFiles } from './model-folder/pending-files.ts';
import { appendGroup } from './onnx/append-group.ts';
import type { ProduceOptions, StoredGroup } from './onnx/stored-tensors.ts';
import { dataFileOf, type VariantPlan } from './plan-variant.ts';
import type { MatrixMeasurement } from './quantize/quantized-group.ts';

export class PlanWriter {
  readonly #plan: VariantPlan;
  readonly #files: PendingFiles;
  readonly #file: AtomicFile;
  readonly #measurements: MatrixMeasurement[];
  #done: number;

  private constructor(plan: VariantPlan, files: PendingFiles, file: AtomicFile, notes: readonly unknown[]) {
    this.#plan = plan;
    this.#files = files;
    this.#file = file;
    this.#measurements = notes.flat() as MatrixMeasurement[];
    this.#done = notes.length;
  }

  /** Goes on after what an interrupted run left in the file. */
  static async begin(plan: VariantPlan, files: PendingFiles, signal?: AbortSignal): Promise<PlanWriter> {
    const { file, notes } = await files.resume(dataFileOf(plan.variant), signal);
    return new PlanWriter(plan, files, file, notes);
  }

  /** `null` when all are written. */
  get next(): StoredGroup | null {
    return this.#plan.groups[this.#done] ?? null;
  }

  /** What quantisation cost, matrix by matrix, also in the runs before. */
  get measurements(): readonly MatrixMeasurement[] {
    return this.#measurements;
  }

  async writeNext(options: ProduceOptions & { readonly signal?: AbortSignal | undefined }): Promise<void> {
    const { variant, placements, measurements } = this.#plan;
    const before = measurements.length;
    if (this.next === null) return;
    await appendGroup(this.next, { ...options, placements, file: this.#file });
    const measured = measurements.slice(before);
    await this.#files.checkpoint(dataFileOf(variant), this.#file, measured);
    this.#measurements.push(...measured);
    this.#done++;
  }

  /** The graph itself, once its data is complete. */
  async writeGraph(): Promise<void> {
    await this.#files.write(`onnx/${this.#plan.variant.fileName}`, this.#plan.model);
  }
}
