/**
 * One ONNX Runtime session in a process of its own: `session-child.ts GRAPH OPTIONS`, the options as JSON. Answers each request for runs with the
 * milliseconds of every one, and `memory` with its resident bytes, now and at most.
 */
import { readFileSync } from 'node:fs';
import { InferenceSession } from 'onnxruntime-node';
import { residentBytes, serveBench } from '../bench-process.ts';
import { randomIds } from '../peers/random-ids.ts';
import { StaticCache } from '../peers/static-cache.ts';

export type SessionRequest =
  | { readonly do: 'memory' }
  | { readonly do: 'load' }
  /** Runs of `rows` ids after the first `length` positions, with the logits of the last `kept` of them (0: of all). */
  | { readonly do: 'run'; readonly runs: number; readonly rows: number; readonly length: number; readonly kept: number }
  /** `length` ids from the first position on, in chunks of `rows`. */
  | { readonly do: 'prefill'; readonly length: number; readonly rows: number };

const vocabularySize = 65_024;
const [graph = '', options = '{}'] = process.argv.slice(2);

let cache: StaticCache | null = null;

async function answer(request: SessionRequest): Promise<number[]> {
  if (request.do === 'memory') {
    const status = readFileSync('/proc/self/status', 'utf8');
    return [residentBytes('VmRSS', status), residentBytes('VmHWM', status)];
  }
  if (request.do === 'load') {
    const begun = performance.now();
    const session = await InferenceSession.create(graph, JSON.parse(options) as InferenceSession.SessionOptions);
    cache = new StaticCache(session, 1_088);
    return [performance.now() - begun];
  }
  if (cache === null) throw new Error('No session is open.');
  const times: number[] = [];
  if (request.do === 'run') {
    const { runs, rows, length, kept } = request;
    for (let run = 0; run < runs; run++) {
      const begun = performance.now();
      await cache.run(randomIds(run, rows, vocabularySize), length, kept);
      times.push(performance.now() - begun);
    }
    return times;
  }
  const begun = performance.now();
  const ids = randomIds(1, request.length, vocabularySize);
  for (let at = 0; at < ids.length; at += request.rows) await cache.run(ids.slice(at, at + request.rows), at, 1);
  return [performance.now() - begun];
}

serveBench(answer);
