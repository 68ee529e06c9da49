/**
 * What ONNX Runtime's session options do to decoding and prefilling on a processor, on a model of Lucie-7B's shape: every setting in turns with the
 * plain session, each in a process of its own. Then, on the plain session, how a prompt is best cut and what rows beside the first cost.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sensibleThreadCount } from '../../../main/engine/threads.ts';
import type { BenchOptions } from '../bench-options.ts';
import { BenchProcess } from '../bench-process.ts';
import { markdownTable, summarise, type Row } from '../measure.ts';
import { benchModel } from '../peers/bench-models.ts';
import { ForeignLoad } from '../peers/foreign-load.ts';
import { Figure } from '../peers/rounds.ts';
import { undisturbed } from '../peers/undisturbed.ts';
import type { SessionRequest } from './session-child.ts';
import { plainOptions, settings, type Setting } from './settings.ts';

type Session = BenchProcess<SessionRequest>;

const childModule = join(import.meta.dirname, 'session-child.ts');
const context = 512;
const decodeRuns = 8;
const chunks = [32, 64, 128, 256, 512];
const rowCounts = [1, 2, 3, 4, 5, 6, 8, 12, 16];
/** Threads that still spin after the last run of the other process are done by then. */
const pauseMs = 100;

export async function cpuSettingsBench(options: BenchOptions): Promise<string> {
  const folder = options.models ?? join(tmpdir(), 'lucie-bench-models');
  const { block128 } = await benchModel(folder, options.layers ?? 8, [128]);
  const graph = join(block128, 'onnx/model_q4_kv8.onnx');
  const rounds = options.rounds ?? 5;
  const plain = open(graph, {});
  try {
    await plain.request({ do: 'load' });
    const plainTitle = { title: 'plain, a second time', options: {} };
    const rows: string[] = [];
    for (const setting of [plainTitle, ...settings]) rows.push(await compare(plain, graph, setting, rounds));
    return [
      '### Session options',
      [`| Setting | ${heads.join(' | ')} |`, `|---|${heads.map(() => '---:').join('|')}|`, ...rows].join('\n'),
      '### Prefill of 512 tokens, by the length of the chunks',
      markdownTable(await chunkRows(plain, rounds)),
      `### One run of several rows at context ${context}, with the logits of all`,
      markdownTable(await runRows(plain, rounds)),
    ].join('\n\n');
  } finally {
    await plain.close();
  }
}

const heads = ['Load, ms', 'Decode, ms', 'to plain', 'Prefill of 64, ms', 'to plain', 'Resident, GB', 'Peak, GB'];

function open(graph: string, setting: Setting['options']): Session {
  const options = JSON.stringify({ ...plainOptions(sensibleThreadCount()), ...setting });
  return new BenchProcess<SessionRequest>(childModule, [graph, options]);
}

async function compare(plain: Session, graph: string, setting: Setting, rounds: number): Promise<string> {
  const other = open(graph, setting.options);
  try {
    const loadMs = await other.value({ do: 'load' });
    const decode = new Figure('decode', 'ms');
    const prefill = new Figure('prefill', 'ms');
    const load = new ForeignLoad([plain.pid, other.pid]);
    for (let round = 0; round <= rounds; round++) {
      for (const [name, session] of [
        ['plain', plain],
        ['other', other],
      ] as const) {
        const { result } = await undisturbed(load, async () => {
          await wait(pauseMs);
          return {
            decode: await mean(session, { do: 'run', runs: decodeRuns, rows: 1, length: context, kept: 1 }),
            prefill: await mean(session, { do: 'run', runs: 1, rows: 64, length: context, kept: 1 }),
          };
        });
        // The first round brings memory and threads into their usual state.
        if (round === 0) continue;
        decode.add(name, result.decode);
        prefill.add(name, result.prefill);
      }
    }
    const [resident = 0, peak = 0] = await other.request({ do: 'memory' });
    const cells = [
      loadMs,
      decode.median('other'),
      decode.ratio('other', 'plain'),
      prefill.median('other'),
      prefill.ratio('other', 'plain'),
      resident / 1e9,
      peak / 1e9,
    ];
    return `| ${setting.title} | ${cells.map((value) => value?.toPrecision(3)).join(' | ')} |`;
  } finally {
    await other.close();
  }
}

async function mean(session: Session, request: SessionRequest): Promise<number> {
  const times = await session.request(request);
  return times.reduce((sum, time) => sum + time, 0) / times.length;
}

async function chunkRows(plain: Session, rounds: number): Promise<Row[]> {
  return inTurns(
    plain,
    chunks,
    Math.ceil(rounds / 2),
    (rows) => ({ do: 'prefill', length: 512, rows }),
    'rows a chunk',
  );
}

async function runRows(plain: Session, rounds: number): Promise<Row[]> {
  const request = (rows: number) => ({ do: 'run', runs: 1, rows, length: context, kept: 0 }) as const;
  return inTurns(plain, rowCounts, 2 * rounds, request, 'rows');
}

async function inTurns(
  session: Session,
  counts: readonly number[],
  rounds: number,
  request: (count: number) => SessionRequest,
  unit: string,
): Promise<Row[]> {
  const times = new Map<number, number[]>(counts.map((count) => [count, []]));
  const load = new ForeignLoad([session.pid]);
  for (let round = 0; round < rounds; round++) {
    for (const [count, values] of times) {
      values.push((await undisturbed(load, () => session.value(request(count)))).result);
    }
  }
  return [...times].map(([count, values]) => summarise(`${count} ${unit}`, 'ms', values));
}
