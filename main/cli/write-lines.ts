/** Many lines on standard output, not faster than whoever reads them. */
import { once } from 'node:events';

const linesPerWrite = 2_000;

export async function writeLines(lines: Iterable<string>): Promise<void> {
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (block.length < linesPerWrite) continue;
    await write(`${block.join('\n')}\n`);
    block = [];
  }
  if (block.length > 0) await write(`${block.join('\n')}\n`);
}

export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
