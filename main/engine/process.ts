/** Entry of the engine process: `session.run` blocks its thread, and a native crash must cost one answer, not the window. */
import { lineLogger } from '../logger/index.ts';
import { serveOnParent } from '../process/serve-on-parent.ts';
import { Engine } from './engine.ts';
import { createEngineRouter } from './router.ts';

serveOnParent(createEngineRouter(new Engine(lineLogger((line) => void process.stderr.write(line), 'warn'))));
