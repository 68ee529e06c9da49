/** A number that a model computed, before it is told to anyone: damaged weights show as NaN, which no contract lets through. */
import { WorkbenchError } from '../contract/errors.ts';

/** `what` as in "The model gave token 7 the log-probability NaN." @throws WorkbenchError `MODEL_FILE_CORRUPT` */
export function requireFinite(value: number, what: string): number {
  if (Number.isFinite(value)) return value;
  throw new WorkbenchError('MODEL_FILE_CORRUPT', `The model gave ${what} ${value}.`, {
    action: 'Its weights are damaged: download or export the model again.',
    details: { file: 'onnx' },
  });
}
