/**
 * How much of the processor others used while something was measured. A runtime whose threads wait for each other by spinning loses
 * a whole slice of the scheduler whenever a foreign process takes a core: with one it may be a hundred times slower, which says nothing about
 * the runtime. Linux only, as are the peers.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const ticksPerSecond = 100;
const pollMs = 300;

export class ForeignLoad {
  readonly #own: readonly number[];
  #before: Ticks;

  /** `own`: the processes that are measured; the caller's own is one of them. */
  constructor(own: readonly number[]) {
    this.#own = [process.pid, ...own];
    this.#before = this.#ticks();
  }

  begin(): void {
    this.#before = this.#ticks();
  }

  /** Of one core, since `begin`: 1 is a core that somebody else had all the time. Too coarse to say under 100 ms: 0 then. */
  share(): number {
    const now = this.#ticks();
    const seconds = (now.milliseconds - this.#before.milliseconds) / 1_000;
    if (seconds < 0.1) return 0;
    const foreign = now.busy - this.#before.busy - (now.own - this.#before.own);
    return Math.max(0, foreign / ticksPerSecond / seconds);
  }

  /** Until others use less than `share`, or `timeoutMs` have gone by. */
  async quiet(share: number, timeoutMs: number): Promise<void> {
    for (const end = performance.now() + timeoutMs; performance.now() < end;) {
      this.begin();
      await wait(pollMs);
      if (this.share() < share) return;
    }
  }

  #ticks(): Ticks {
    const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = fields('/proc/stat')
      .slice(1)
      .map(Number);
    const own = this.#own.reduce((sum, pid) => sum + processTicks(pid), 0);
    return { milliseconds: performance.now(), busy: user + nice + system + irq + softIrq + steal, own };
  }
}

interface Ticks {
  readonly milliseconds: number;
  readonly busy: number;
  readonly own: number;
}

/** User and system time, by proc_pid_stat(5): fields 14 and 15, the second of which, the name, may hold anything. */
function processTicks(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return Number(rest[11]) + Number(rest[12]);
}

function fields(path: string): string[] {
  return (readFileSync(path, 'utf8').split('\n', 1)[0] ?? '').split(/ +/);
}
