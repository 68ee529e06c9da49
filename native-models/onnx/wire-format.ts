/**
 * The protobuf wire format, as far as a walk needs it: the fields of one message after another, without knowing what they mean.
 * https://protobuf.dev/programming-guides/encoding/. Groups, which ONNX never had, are refused, and so is whatever parsers read
 * differently from each other.
 */
import { ExportError } from '../export-error.ts';
import type { GraphBytes } from './graph-bytes.ts';

export interface WireField {
  readonly number: number;
  readonly wireType: 'varint' | 'fixed64' | 'bytes' | 'fixed32';
  /** Of a varint; exact up to 2^53. */
  readonly value: number;
  /** Where the content lies. */
  readonly start: number;
  readonly end: number;
}

/** Ten bytes hold 64 bits. */
const longestVarint = 10;
const largestTag = 2 ** 32 - 1;

/** The fields of the message from `from` to `to`. Throws `graph.invalid`. */
export function* wireFields(bytes: GraphBytes, from: number, to: number): Generator<WireField> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < longestVarint; count++, scale *= 128) {
      if (at >= to) throw malformed(`The message ends in mid-number at byte ${at}.`);
      const byte = bytes.byte(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw malformed(`A number has more than ${longestVarint} bytes at byte ${at}.`);
  };
  while (at < to) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (tag > largestTag || number === 0) throw malformed(`There is no field ${number}, at byte ${at}.`);
    const start = at;
    switch (tag % 8) {
      case 0:
        yield { number, wireType: 'varint', value: varint(), start, end: at };
        break;
      case 1:
        at = within(at + 8, to);
        yield { number, wireType: 'fixed64', value: 0, start, end: at };
        break;
      case 2: {
        const length = varint();
        const content = at;
        at = within(content + length, to);
        yield { number, wireType: 'bytes', value: 0, start: content, end: at };
        break;
      }
      case 5:
        at = within(at + 4, to);
        yield { number, wireType: 'fixed32', value: 0, start, end: at };
        break;
      default:
        throw malformed(`The wire type ${tag % 8} at byte ${at} is unknown.`);
    }
  }
}

function within(end: number, to: number): number {
  if (end > to) throw malformed(`A field needs bytes up to ${end}; its message ends at ${to}.`);
  return end;
}

export function malformed(message: string): ExportError {
  return new ExportError('graph.invalid', message, {
    action: 'The file is cut off or not an ONNX model: download or export it again.',
  });
}
