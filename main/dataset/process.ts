/** The data process: reading a damaged or enormous file may cost this process, never the window or the history. */
import { serveOnParent } from '../process/serve-on-parent.ts';
import { datasetRouter } from './router.ts';

serveOnParent(datasetRouter());
