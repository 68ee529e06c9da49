/** How far a long job is: one line that is rewritten in a terminal, one line a finished thing elsewhere. */
import type { Progress } from '../contract/progress.ts';
import { Rate, type Pace } from '../progress/rate.ts';

const redrawMs = 200;

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
  readonly #rate = new Rate();

  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  update(progress: Progress): void {
    const at = this.#now();
    if (progress.phase !== this.#phase) {
      this.#phase = progress.phase;
      this.#drawnAt = -Infinity;
    }
    if (!this.#output.isTTY || at - this.#drawnAt < redrawMs) return;
    this.#drawnAt = at;
    const text = `${progress.phase}  ${describe(progress, this.#rate.update(progress, at))}`;
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
}

function describe({ done, total, unit }: Progress, pace: Pace | null): string {
  const amount = (value: number): string => (unit === 'bytes' ? megabytes(value) : `${value} ${unit}`);
  if (total === null) return '';
  const share = total === 0 ? 100 : Math.floor((done * 100) / total);
  const how = `${share} %  ${amount(done)} of ${amount(total)}`;
  if (pace === null || pace.secondsLeft === null) return how;
  return `${how}  ${amount(Math.round(pace.perSecond))}/s  ${duration(pace.secondsLeft)} left`;
}

/** Decimal units, as disks and the hub count. */
export function megabytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function duration(exactSeconds: number): string {
  const seconds = Math.ceil(exactSeconds);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
