/**
 * Cuts a JSON document of any length into its parts, so that a history of gigabytes is read without holding it. The parts are the
 * elements of a root array, or the members of a root object; of members named in `listKeys`, the elements of their arrays. Only the
 * nesting is followed here: whether a part is valid, `JSON.parse` says when it is its turn.
 */
import type { WorkbenchError } from '../../../contract/errors.ts';
import { fileInvalid } from './file-invalid.ts';
import { isSpace, JsonValueScan } from './json-value-scan.ts';

export interface JsonElement {
  /** The member's name; `null` within a root array. */
  key: string | null;
  /** Place in its list; `null` for a member that is not cut. */
  index: number | null;
  /** `null` where it is longer than allowed and was passed over. */
  text: string | null;
}

export interface JsonElementsOptions {
  listKeys: readonly string[];
  /** In UTF-16 units. */
  longestElement: number;
}

type Expecting = 'root' | 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'next' | 'nothing';
interface Frame {
  close: '}' | ']';
  /** Of elements in this frame. */
  key: string | null;
  index: number;
}

/** @throws WorkbenchError `CONVERSATION_FILE_INVALID` where the nesting is broken or the text ends early */
export async function* jsonElements(
  chunks: AsyncIterable<string>,
  { listKeys, longestElement }: JsonElementsOptions,
): AsyncGenerator<JsonElement> {
  const frames: Frame[] = [];
  let expecting: Expecting = 'root';
  let offset = 0;
  /** The part that is being read: its nesting below itself, and what earlier chunks held of it. */
  let value: { scan: JsonValueScan; isKey: boolean } | null = null;
  let pendingKey: string | null = null;

  for await (const chunk of chunks) {
    let at = 0;
    while (at < chunk.length) {
      if (value !== null) {
        at = value.scan.read(chunk, at);
        if (!value.scan.isComplete) break;
        const text = value.scan.text;
        const frame = frames.at(-1);
        if (value.isKey) {
          pendingKey = keyFrom(text, offset + at);
          expecting = 'colon';
        } else {
          expecting = 'next';
          if (frame?.close === ']') yield { key: frame.key, index: frame.index++, text };
          else yield { key: pendingKey, index: null, text };
        }
        value = null;
        continue;
      }
      const character = chunk.charAt(at);
      if (isSpace(character)) {
        at += 1;
        continue;
      }
      const frame = frames.at(-1);
      if (expecting === 'root') {
        if (character !== '{' && character !== '[') throw broken(offset + at);
        frames.push({ close: character === '{' ? '}' : ']', key: null, index: 0 });
        expecting = character === '{' ? 'key-or-end' : 'value-or-end';
        at += 1;
      } else if (frame !== undefined && character === frame.close && canEnd(expecting)) {
        frames.pop();
        expecting = frames.length === 0 ? 'nothing' : 'next';
        at += 1;
      } else if (expecting === 'next' && character === ',') {
        expecting = frame?.close === '}' ? 'key' : 'value';
        at += 1;
      } else if (expecting === 'colon' && character === ':') {
        expecting = 'value';
        at += 1;
      } else if ((expecting === 'key' || expecting === 'key-or-end') && character === '"') {
        value = { scan: new JsonValueScan(longestElement), isKey: true };
      } else if (expecting === 'value' || expecting === 'value-or-end') {
        const isList = frames.length === 1 && frame?.close === '}' && character === '[';
        if (isList && pendingKey !== null && listKeys.includes(pendingKey)) {
          frames.push({ close: ']', key: pendingKey, index: 0 });
          expecting = 'value-or-end';
          at += 1;
        } else if (isValueStart(character)) {
          value = { scan: new JsonValueScan(longestElement), isKey: false };
        } else throw broken(offset + at);
      } else throw broken(offset + at);
    }
    offset += chunk.length;
  }
  if (expecting !== 'nothing') throw fileInvalid('ends-early', { offset });
}

function keyFrom(text: string | null, offset: number): string {
  try {
    return JSON.parse(text ?? '') as string;
  } catch {
    throw broken(offset);
  }
}

function canEnd(expecting: Expecting): boolean {
  return expecting === 'next' || expecting === 'key-or-end' || expecting === 'value-or-end';
}

function isValueStart(character: string): boolean {
  return /["{[\-0-9tfn]/.test(character);
}

function broken(offset: number): WorkbenchError {
  return fileInvalid('broken', { offset });
}
