/**
 * What the frames of a page cost while something happens, by Chromium's own trace. Times are *processor time of the renderer's main
 * thread* (the trace's thread clock), so other programs that take the cores do not lengthen them; a slower processor does.
 *
 * What this leaves out: everything beside the main thread. Rasterising and compositing, which Chromium does in software here, run
 * on threads of their own; they show only in the rate of drawn frames, and that rate depends on what else the machine does. So
 * tests assert on the main thread's time and only note the rate.
 */
import type { Page } from 'playwright-core';

/** A frame is what the main thread did from the task that begins it to the one that begins the next. */
export interface FrameCost {
  /** Processor time of all tasks: script, style, layout, painting, messages that came in. */
  readonly mainThreadMs: number;
  /** The part of it in script: calls into it, its compilation, microtasks, collecting garbage, and layout that it forced. */
  readonly scriptMs: number;
}

export interface FrameTrace {
  readonly frames: readonly FrameCost[];
  /** A second over the median time between two drawn frames, by the clock on the wall; 0 where fewer than two were drawn. */
  readonly drawnPerSecond: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const includedCategories = [
  '__metadata',
  'devtools.timeline',
  'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'v8',
];

/** Events that are script from their beginning to their end. They nest: only the outermost counts. */
const script = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FireIdleCallback',
  'FunctionCall',
  'MajorGC',
  'MinorGC',
  'RunMicrotasks',
  'TimerFire',
  'v8.callFunction',
  'v8.compile',
  'v8.run',
]);

/** Records while `action` runs. */
export async function traceFrames(page: Page, action: () => Promise<void>): Promise<FrameTrace> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }: { value: unknown[] }) => {
    for (const event of value) events.push(event as TraceEvent);
  });
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  try {
    await action();
  } finally {
    await session.send('Tracing.end');
    await ended;
    await session.detach();
  }
  return readTrace(events);
}

/** The value that a share of the frames stays at or under: 0.5 is the median, 0.95 the 95th percentile; 0 of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((first, second) => first - second);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** One line for a report. */
export function describeFrames({ frames, drawnPerSecond }: FrameTrace): string {
  const figures = (values: number[]) =>
    [0.5, 0.95, 1].map((share) => percentile(values, share).toFixed(1)).join(' / ') + ' ms';
  const all = figures(frames.map(({ mainThreadMs }) => mainThreadMs));
  const inScript = figures(frames.map(({ scriptMs }) => scriptMs));
  return (
    `${frames.length} frames, median / 95th percentile / longest: main thread ${all}, script ${inScript} of processor time; ` +
    `${drawnPerSecond.toFixed(0)} frames drawn a second`
  );
}

function readTrace(events: readonly TraceEvent[]): FrameTrace {
  const main = mainThread(events);
  const own = events
    .filter(({ pid, tid }) => `${pid}:${tid}` === main)
    // What encloses comes before what it encloses.
    .toSorted((first, second) => first.ts - second.ts || (second.dur ?? 0) - (first.dur ?? 0));
  const begins = own.filter(({ name }) => name === 'BeginMainThreadFrame').map(({ ts }) => ts);
  const spans = own.filter((event) => event.ph === 'X' && event.tdur !== undefined);
  const tasks = outermost(spans.filter(({ name }) => name === 'RunTask'));
  if (begins.length === 0 || tasks.length === 0) throw new Error('The trace holds no frame of the page.');
  const calls = outermost(spans.filter(({ name }) => script.has(name)));
  const frames = begins.map(() => ({ mainThreadMs: 0, scriptMs: 0 }));
  let [begun, called] = [0, 0];
  for (const task of tasks) {
    // A frame begins inside a task, and that task is the first of the frame.
    while (begun < begins.length && (begins[begun] ?? Infinity) <= endOf(task)) begun += 1;
    const frame = frames[begun - 1];
    if (frame !== undefined) frame.mainThreadMs += (task.tdur ?? 0) / 1_000;
    for (; called < calls.length; called += 1) {
      const call = calls[called];
      if (call === undefined || call.ts > endOf(task)) break;
      if (frame !== undefined) frame.scriptMs += (call.tdur ?? 0) / 1_000;
    }
  }
  return { frames, drawnPerSecond: drawnPerSecond(events, main) };
}

/** `process:thread` of the main thread of the renderer that began the most frames. */
function mainThread(events: readonly TraceEvent[]): string {
  const names = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const frames = (pid: number) =>
    events.filter((event) => event.pid === pid && event.name === 'BeginMainThreadFrame').length;
  const [renderer] = names.toSorted((first, second) => frames(second.pid) - frames(first.pid));
  if (renderer === undefined) throw new Error('The trace names no renderer.');
  return `${renderer.pid}:${renderer.tid}`;
}

/** Of spans in the order of their beginning: those that lie in no other. */
function outermost(spans: readonly TraceEvent[]): TraceEvent[] {
  let end = -Infinity;
  return spans.filter((span) => {
    if (endOf(span) <= end) return false;
    end = endOf(span);
    return true;
  });
}

function endOf({ ts, dur }: TraceEvent): number {
  return ts + (dur ?? 0);
}

function drawnPerSecond(events: readonly TraceEvent[], main: string): number {
  const [pid] = main.split(':');
  const times = events.filter((event) => event.name === 'DrawFrame' && String(event.pid) === pid).map(({ ts }) => ts);
  const sorted = times.toSorted((first, second) => first - second);
  const middle = percentile(
    sorted.slice(1).map((time, i) => time - (sorted[i] ?? time)),
    0.5,
  );
  return middle === 0 ? 0 : 1_000_000 / middle;
}
