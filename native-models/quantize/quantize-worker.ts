/** A thread that quantises the rows it is sent, one request after the other, and sends back what it made of them. */
import { parentPort } from 'node:worker_threads';
import { ExportError, type ExportErrorCode, type ExportErrorDetails } from '../export-error.ts';
import { quantizeRows, type QuantizedRows, type RowsRequest } from './quantize-rows.ts';

export interface QuantizeMessage {
  readonly id: number;
  readonly request: RowsRequest;
}

export type QuantizeAnswer =
  | { readonly id: number; readonly rows: QuantizedRows }
  | {
      readonly id: number;
      readonly code: ExportErrorCode;
      readonly message: string;
      readonly action: string;
      readonly details: ExportErrorDetails;
    };

parentPort?.on('message', ({ id, request }: QuantizeMessage) => {
  try {
    const rows = quantizeRows(request);
    const buffers = [rows.codes, rows.scales, rows.zeroPoints].flatMap((array) =>
      array === null ? [] : [array.buffer],
    );
    parentPort?.postMessage({ id, rows } satisfies QuantizeAnswer, buffers);
  } catch (thrown) {
    // Anything else is a fault of ours: it ends this thread, which the other side reports.
    if (!(thrown instanceof ExportError)) throw thrown;
    const { code, message, action, details } = thrown;
    parentPort?.postMessage({ id, code, message, action, details } satisfies QuantizeAnswer);
  }
});
