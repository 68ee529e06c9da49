/** Starts service processes as Node children: the way of the browser host, the command line and the tests. */
import { fork } from 'node:child_process';
import type { Logger } from '../logger/index.ts';
import type { LaunchProcess, ProcessExit, ProcessPort, ServiceProcessName } from './port.ts';

export function launchNodeProcess(modulePaths: Record<ServiceProcessName, string>, logger: Logger): LaunchProcess {
  return (name) => {
    const child = fork(modulePaths[name], [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Under `node --watch` a child would report its imports over the same channel as our messages.
      env: { ...process.env, WATCH_REPORT_DEPENDENCIES: undefined },
    });
    for (const [stream, level] of [
      [child.stdout, 'debug'],
      [child.stderr, 'warn'],
    ] as const) {
      stream?.setEncoding('utf8').on('data', (text: string) => logger.log(level, text.trimEnd(), { process: name }));
    }
    const exited = new Promise<ProcessExit>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.on('error', (error) => {
        logger.log('error', `The ${name} process failed`, { error });
        // One that could not be started has no `exit`.
        if (child.pid === undefined) resolve({ code: null, signal: null });
      });
    });
    const onSent = (error: Error | null) => {
      if (error !== null) logger.log('debug', `A message did not reach the ${name} process`, { error });
    };
    const port: ProcessPort = {
      postMessage: (message) => {
        // Without a callback, a process that died a moment ago would make Node throw EPIPE in this one.
        if (child.connected) child.send(message as never, onSent);
      },
      on: (event, listener) => {
        if (event === 'message') child.on('message', (data) => listener({ data }));
        if (event === 'close') void exited.then(() => listener());
      },
    };
    return { port, processId: child.pid ?? null, exited, kill: () => void child.kill('SIGKILL') };
  };
}
