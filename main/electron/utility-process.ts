/** Starts service processes as Electron utility processes: killable, with Node, without a window. */
import { utilityProcess } from 'electron';
import type { Logger } from '../logger/index.ts';
import type { LaunchProcess, ProcessExit, ProcessPort, ServiceProcessName } from '../process/index.ts';

export function launchUtilityProcess(modulePaths: Record<ServiceProcessName, string>, logger: Logger): LaunchProcess {
  return (name) => {
    const child = utilityProcess.fork(modulePaths[name], [], { serviceName: `Lucie ${name}`, stdio: 'pipe' });
    // A pipe that nobody reads fills up and blocks the process.
    child.stdout?.on('data', (data: Buffer) => logger.log('debug', data.toString('utf8').trimEnd(), { process: name }));
    child.stderr?.on('data', (data: Buffer) => logger.log('warn', data.toString('utf8').trimEnd(), { process: name }));
    // Out of memory, for example; `exit` follows. Without a listener Node would throw it in this process.
    child.on('error', (type, location) => logger.log('error', `${type} in the ${name} process`, { location }));
    const exited = new Promise<ProcessExit>((resolve) => {
      child.once('exit', (code) => resolve({ code, signal: null }));
    });
    const port: ProcessPort = {
      postMessage: (message) => child.postMessage(message),
      on: (event, listener) => {
        if (event === 'message') child.on('message', (data: unknown) => listener({ data }));
        if (event === 'close') void exited.then(() => listener());
      },
    };
    return {
      port,
      // Electron knows it only once the process has spawned.
      get processId() {
        return child.pid ?? null;
      },
      exited,
      kill: () => void child.kill(),
    };
  };
}
