/** Datasets for the main side. Nothing here loads DuckDB: that stays in the data process (`process.ts`). */
export { DatasetService, type DataProcessClient, type DatasetServiceOptions } from './dataset-service.ts';
