/**
 * The first lines of a service process: serve the router to the process that started this one, and end with it.
 * The parent is Electron (utility process: `process.parentPort`) or Node (`process.send`).
 */
import { lineLogger } from '../logger/index.ts';
import type { ProcessPort } from './port.ts';
import { servePort, type AnyRouter } from './serve-port.ts';

export function serveOnParent(router: AnyRouter): void {
  servePort(
    router,
    parentPort(),
    lineLogger((line) => void process.stderr.write(line), 'error'),
  );
}

function parentPort(): ProcessPort {
  const electronPort = (process as { parentPort?: ProcessPort }).parentPort;
  if (electronPort !== undefined) return electronPort;
  if (process.send === undefined) {
    process.stderr.write('This file is a service process of Lucie Workbench: start the workbench instead.\n');
    process.exit(2);
  }
  // Ctrl+C in a terminal reaches the whole process group; it is for the parent to decide what ends.
  process.on('SIGINT', () => undefined);
  // A parent that died cannot tell its children to stop.
  process.once('disconnect', () => process.exit(0));
  return {
    postMessage: (message) => {
      if (process.connected) process.send?.(message);
    },
    on: (event, listener) => {
      if (event === 'message') process.on('message', (data) => listener({ data }));
      if (event === 'close') process.on('disconnect', () => listener());
    },
  };
}
