/** The contract of the data process on top of the open datasets; nothing but forwarding. */
import { implement } from '@orpc/server';
import { datasetContract } from '../contract/dataset.ts';
import { OpenDatasets } from './open-datasets.ts';

export function datasetRouter(datasets = new OpenDatasets()) {
  const contract = implement(datasetContract);
  return contract.router({
    open: contract.open.handler(({ input, signal }) => datasets.open(input.path, signal)),
    close: contract.close.handler(({ input }) => datasets.close(input.datasetId)),
    page: contract.page.handler(({ input }) =>
      datasets.page(input.datasetId, input.offset, input.limit, input.previewLength),
    ),
    document: contract.document.handler(({ input }) =>
      datasets.document(input.datasetId, input.row, input.column, input.length),
    ),
    slice: contract.slice.handler(({ input }) =>
      datasets.slice(input.datasetId, input.row, input.column, input.start, input.length),
    ),
    find: contract.find.handler(({ input, signal }) => datasets.find(input, signal)),
  });
}
