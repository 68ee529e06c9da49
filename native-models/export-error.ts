/**
 * The one error family of `native-models`. It repeats the shape of `WorkbenchError` (code, message with actual and expected
 * values, action, details) without importing it: this folder imports nothing from `main`, which translates at its border.
 */

export type ExportErrorCode =
  /** The safetensors file contradicts its own format: truncated, overlapping, not JSON. */
  | 'safetensors.invalid'
  /** A valid safetensors file that holds something the exporter cannot read, such as an integer weight. */
  | 'safetensors.unsupported'
  /** A tensor that the architecture needs is absent. */
  | 'tensor.missing'
  /** A tensor has another shape than config.json implies. */
  | 'tensor.shape'
  /** config.json is absent, not JSON, or lacks a field. */
  | 'config.invalid'
  /** config.json asks for something that this exporter does not do yet. */
  | 'config.unsupported'
  /** No architecture is registered for the `model_type`. */
  | 'architecture.unknown'
  /** A file of the source is absent, unreadable or forbidden. */
  | 'source.missing'
  /** The weights are there only as PyTorch pickles, which can run code when they are opened. */
  | 'source.unsafe'
  /** The server cannot be reached, keeps failing, or answers in a way that no range can be read from. */
  | 'source.network'
  /** The source is another one than when it was opened. */
  | 'source.changed'
  /** The disk has too little room for the output. */
  | 'disk.full'
  /** Another export is writing into the same folder. */
  | 'output.busy'
  /** A thread of the exporter ended before its work was done. */
  | 'worker.failed'
  /** The graph under construction is wrong: a value used before it exists, or a name used twice. */
  | 'graph.invalid'
  /** A graph file that could lead ONNX Runtime to other places than the files beside it. */
  | 'graph.unsafe'
  /** A link, a device or a folder in place of a plain file. */
  | 'file.unsafe'
  /** What was exported does not pass its own verification. */
  | 'verification.failed'
  /** The request itself is wrong: no variant, an unknown variant, output inside the source. */
  | 'request.invalid';

export type ExportErrorDetails = Readonly<
  Record<string, string | number | readonly string[] | readonly number[] | null>
>;

export class ExportError extends Error {
  readonly code: ExportErrorCode;
  /** What the user can do about it: one sentence. */
  readonly action: string;
  /** The values of the message, for a translated message. */
  readonly details: ExportErrorDetails;

  constructor(
    code: ExportErrorCode,
    message: string,
    { action, details = {}, cause }: { action: string; details?: ExportErrorDetails; cause?: unknown },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ExportError';
    this.code = code;
    this.action = action;
    this.details = details;
  }
}
