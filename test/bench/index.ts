/** `npm run bench [-- NAME…]`: measures, never asserts; the tables go to docs/performance.md with the date. */
import { availableParallelism, cpus } from 'node:os';
import { datasetBench } from './dataset-bench.ts';
import { engineBench } from './engine-bench.ts';
import { exportBench } from './export-bench.ts';
import { leakBench } from './leak-bench.ts';
import { markdownTable, type Row } from './measure.ts';
import { quantiseBench } from './quantise-bench.ts';
import { samplingBench } from './sampling-bench.ts';
import { startBench } from './start-bench.ts';
import { tokenizerBench } from './tokenizer-bench.ts';

const benches: Record<string, () => Promise<Row[]>> = {
  engine: engineBench,
  sampling: samplingBench,
  tokenizer: tokenizerBench,
  dataset: datasetBench,
  start: startBench,
  quantise: quantiseBench,
  export: exportBench,
  leak: leakBench,
};

/** Take minutes, and 20 GB of disk: only when they are named. */
const onlyNamed = ['export', 'leak'];

const names =
  process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches).filter((name) => !onlyNamed.includes(name));
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, Node ${process.versions.node}`,
);
for (const name of names) {
  const rows = await benches[name]?.();
  console.log(`\n## ${name}\n\n${markdownTable(rows ?? [])}`);
}
process.exit(0);
