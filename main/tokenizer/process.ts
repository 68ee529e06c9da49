/** The tokenizer process: a long text is cut while the engine's thread is in the model, and a hostile file costs this process only. */
import { serveOnParent } from '../process/serve-on-parent.ts';
import { tokenizerRouter } from './router.ts';

serveOnParent(tokenizerRouter());
