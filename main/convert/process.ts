/** The conversion process: it needs the memory of several matrices and all cores for minutes, and may be killed at any point. */
import { serveOnParent } from '../process/serve-on-parent.ts';
import { quantizeWorkerFile } from './quantize-worker-file.ts';
import { conversionRouter } from './router.ts';

serveOnParent(conversionRouter(quantizeWorkerFile(import.meta.filename)));
