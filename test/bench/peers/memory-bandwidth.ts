/**
 * How fast this machine reads memory, the bound of decoding: every token needs all weights once. Threads search buffers far larger
 * than any cache for a byte that is not there, which the C library does with vector loads and no arithmetic to speak of.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const bytesPerThread = 512 << 20;
const passes = 8;

/** The best of `passes`, in bytes a second, all threads together. */
export async function memoryBandwidth(threads: number): Promise<number> {
  const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url), { workerData: 'read' }));
  try {
    // The first pass waits until every thread has its buffer.
    await Promise.all(workers.map(readOnce));
    let best = 0;
    for (let pass = 0; pass < passes; pass++) {
      const begun = performance.now();
      await Promise.all(workers.map(readOnce));
      best = Math.max(best, (threads * bytesPerThread * 1_000) / (performance.now() - begun));
    }
    return best;
  } finally {
    for (const worker of workers) await worker.terminate();
  }
}

function readOnce(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      resolve();
    });
    worker.postMessage('read');
  });
}

if (!isMainThread && workerData === 'read') {
  // Filled: pages that nobody has written are all the same one.
  const buffer = Buffer.alloc(bytesPerThread, 1);
  parentPort?.on('message', () => parentPort?.postMessage(buffer.indexOf(2)));
}
