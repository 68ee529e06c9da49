/** Whether the exporter knows the architecture that a config.json asks for: told before anything is fetched. */
import { architectureOf } from '../../native-models/formats.ts';
import { conversionError } from './conversion-error.ts';

/** @throws WorkbenchError `MODEL_UNSUPPORTED`, `MODEL_FILE_CORRUPT` */
export function checkConvertible(config: unknown): void {
  try {
    architectureOf(config);
  } catch (thrown) {
    throw conversionError(thrown);
  }
}
