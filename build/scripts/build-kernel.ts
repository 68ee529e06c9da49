/**
 * `node build/scripts/build-kernel.ts`: compiles the quantisation kernel (AssemblyScript to WebAssembly) into the data file that
 * the exporter loads. A test holds that file to its source.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = resolve(import.meta.dirname, '../../native-models/quantize/kernel');
const source = 'quantize.as.ts';

export const kernelFile = join(folder, 'quantize-kernel.json');

/** The content of `quantize-kernel.json`. */
export async function compileKernel(): Promise<string> {
  const text = await readFile(join(folder, source), 'utf8');
  let wasm: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [source, '--outFile', 'kernel.wasm', '--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd'],
    {
      readFile: (name: string) => (name === source ? text : null),
      writeFile: (name: string, contents: string | Uint8Array) => {
        if (name === 'kernel.wasm' && typeof contents !== 'string') wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || wasm === null) throw new Error(`The kernel cannot be compiled: ${stderr.toString()}`);
  return `${JSON.stringify({ source, wasm: Buffer.from(wasm).toString('base64') }, null, 2)}\n`;
}

if (import.meta.main) await writeFile(kernelFile, await compileKernel());
