/** `npm run bench [-- NAME…]`: measures, never asserts; the tables go to docs/performance.md with the date. */
import { availableParallelism, cpus } from 'node:os';
import { alignmentBench } from './alignment-bench.ts';
import { parseBenchArguments, type BenchOptions } from './bench-options.ts';
import { copiesBench } from './copies-bench.ts';
import { cpuSettingsBench } from './cpu-settings/index.ts';
import { datasetBench } from './dataset-bench.ts';
import { draftsBench } from './drafts-bench.ts';
import { engineBench } from './engine-bench.ts';
import { eventLoopBench } from './event-loop-bench.ts';
import { exportBench } from './export-bench.ts';
import { historyBench } from './history-bench.ts';
import { storedTokensBench } from './stored-tokens-bench.ts';
import { inspectionBench } from './inspection-bench.ts';
import { leakBench } from './leak-bench.ts';
import { longContextBench } from './long-context-bench.ts';
import { markdownTable, type Row } from './measure.ts';
import { peersBench } from './peers/index.ts';
import { quantiseBench } from './quantise-bench.ts';
import { samplingBench } from './sampling-bench.ts';
import { startBench } from './start-bench.ts';
import { tokenizerBench } from './tokenizer/index.ts';

const rowsOf = (bench: () => Promise<Row[]>) => async () => markdownTable(await bench());

const benches: Record<string, (options: BenchOptions) => Promise<string>> = {
  engine: rowsOf(engineBench),
  'event-loop': rowsOf(eventLoopBench),
  sampling: rowsOf(samplingBench),
  tokenizer: rowsOf(tokenizerBench),
  dataset: rowsOf(datasetBench),
  history: rowsOf(historyBench),
  start: rowsOf(startBench),
  'stored-tokens': rowsOf(storedTokensBench),
  quantise: rowsOf(quantiseBench),
  export: rowsOf(exportBench),
  leak: rowsOf(leakBench),
  alignment: rowsOf(() => Promise.resolve(alignmentBench())),
  copies: copiesBench,
  drafts: draftsBench,
  inspection: inspectionBench,
  long: longContextBench,
  peers: peersBench,
  'cpu-settings': cpuSettingsBench,
};

/** They take minutes and gigabytes of disk: only when they are named. */
const onlyNamed = [
  'export',
  'history',
  'stored-tokens',
  'leak',
  'copies',
  'drafts',
  'inspection',
  'long',
  'peers',
  'cpu-settings',
];

const { names: asked, options } = parseBenchArguments(process.argv.slice(2));
const names = asked.length > 0 ? asked : Object.keys(benches).filter((name) => !onlyNamed.includes(name));
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, Node ${process.versions.node}`,
);
for (const name of names) console.log(`\n## ${name}\n\n${await benches[name]?.(options)}`);
process.exit(0);
