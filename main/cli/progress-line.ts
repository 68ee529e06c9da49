/** How far a long job is: one line that is rewritten in a terminal, one line a finished thing elsewhere. */
import type { Progress } from '../contract/progress.ts';

const redrawMs = 200;
/** The speed shown is that of the last seconds, not of the whole job. */
const windowMs = 5_000;

export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export class ProgressLine {
  readonly #output: Output;
  readonly #now: () => number;
  #drawnAt = -Infinity;
  #drawn = false;
  #phase = '';
  #samples: { at: number; done: number }[] = [];

  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  update(progress: Progress): void {
    const at = this.#now();
    if (progress.phase !== this.#phase) {
      this.#phase = progress.phase;
      this.#samples = [];
      this.#drawnAt = -Infinity;
    }
    if (!this.#output.isTTY || at - this.#drawnAt < redrawMs) return;
    this.#drawnAt = at;
    this.#samples = [...this.#samples.filter((sample) => at - sample.at <= windowMs), { at, done: progress.done }];
    const text = `${progress.phase}  ${this.#describe(progress)}`;
    this.#output.write(`\r\u001b[K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
    this.#drawn = true;
  }

  /** Something that is done; stays on the screen only where there is no line to rewrite. */
  note(text: string): void {
    if (!this.#output.isTTY) this.#output.write(`${text}\n`);
  }

  end(): void {
    if (this.#drawn) this.#output.write('\r\u001b[K');
    this.#drawn = false;
  }

  #describe({ done, total, unit }: Progress): string {
    const amount = (value: number): string => (unit === 'bytes' ? megabytes(value) : `${value} ${unit}`);
    if (total === null) return '';
    const share = total === 0 ? 100 : Math.floor((done * 100) / total);
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.done <= first.done) {
      return `${share} %  ${amount(done)} of ${amount(total)}`;
    }
    const perMs = (last.done - first.done) / (last.at - first.at);
    const left = duration((total - done) / perMs);
    return `${share} %  ${amount(done)} of ${amount(total)}  ${amount(Math.round(perMs * 1_000))}/s  ${left} left`;
  }
}

/** Decimal units, as disks and the hub count. */
export function megabytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
