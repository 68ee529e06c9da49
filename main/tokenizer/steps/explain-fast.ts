/** The stages of a tokenizer of Lucie's family, followed unit by unit. */
import type { Explanation } from '../../contract/pipeline.ts';
import { explainChunks, explainNormalisation, type FastEncoder, type NormalisedPart } from '../fast/index.ts';
import { Symbols } from '../fast/symbols.ts';
import { decodeAtoms } from './decoded-atoms.ts';
import { AtomWriter } from './text-atoms.ts';

type Stages = Pick<Explanation, 'atoms' | 'ids' | 'normalised'> & { chunks: NonNullable<Explanation['chunks']> };

/** Control tokens in the text are read as such. */
export function explainFast(encoder: FastEncoder, text: string): Stages {
  const writer = new AtomWriter(text);
  const ids: number[] = [];
  const chunks: Stages['chunks'] = [];
  let normalised = '';
  for (const part of explainNormalisation(encoder, text, { controlTokens: 'parse' })) {
    if (part.kind === 'control') {
      chunks.push({ token: ids.length, tokenCount: 1, isControl: true });
      writer.writeControl(part.start, part.end, { chunk: chunks.length - 1, token: ids.length, tokenCount: 1 });
      ids.push(part.id);
      normalised += part.content;
      continue;
    }
    normalised += part.normalised;
    let begin = 0;
    for (const chunk of explainChunks(encoder, part.normalised)) {
      const token = ids.length;
      writeChunk(encoder, part, { chunk, begin, index: chunks.length }, writer, ids);
      chunks.push({ token, tokenCount: ids.length - token, isControl: false });
      begin += chunk.length;
    }
    writer.writeDeleted(part.end, ids.length);
  }
  const { alterations } = encoder.encode(text, { controlTokens: 'parse' });
  return { ids, chunks, normalised, atoms: decodeAtoms(text, writer.atoms, alterations) };
}

/** Writes the tokens of a chunk, which begins at `begin` of the normalised part, and the atoms of each. */
function writeChunk(
  encoder: FastEncoder,
  part: NormalisedPart,
  { chunk, begin, index }: { chunk: string; begin: number; index: number },
  writer: AtomWriter,
  ids: number[],
): void {
  const symbols = new Symbols();
  const units = Uint16Array.from({ length: chunk.length }, (_, i) => chunk.charCodeAt(i));
  encoder.chunks.initial.append(units, 0, units.length, symbols);
  encoder.chunks.merger.merge(symbols);
  for (let i = 0; i < symbols.length;) {
    const start = symbols.start[i] ?? 0;
    let next = i + 1;
    // The bytes of one character all have its range.
    while (next < symbols.length && symbols.start[next] === start) next++;
    const place = { chunk: index, token: ids.length, tokenCount: next - i };
    writer.writeUnits(part, begin + start, begin + (symbols.end[i] ?? 0), place);
    for (; i < next; i++) ids.push(symbols.ids[i] ?? 0);
  }
}
