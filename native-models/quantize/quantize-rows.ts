/** Rows of a matrix, as they are stored in the source, in blocks of integers. Layout: see `block-format.ts`. */
import { quantizeAsymmetric } from './asymmetric.ts';
import type { QuantizedRows, RowsRequest } from './rows-request.ts';
import { quantizeSymmetric } from './symmetric-kernel.ts';

/** What comes of a row depends on that row alone. Throws `safetensors.invalid` for a weight that is not finite. */
export function quantizeRows(request: RowsRequest): QuantizedRows {
  return request.format.symmetric ? quantizeSymmetric(request) : quantizeAsymmetric(request);
}
