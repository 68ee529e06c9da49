/** Starts service processes as Electron utility processes: killable, with Node, without a window. */
import { utilityProcess } from 'electron';
import type { Logger } from '../logger/index.ts';
import type { LaunchProcess, ProcessExit, ProcessPort, ServiceProcessName } from '../process/index.ts';

export function launchUtilityProcess(modulePaths: Record<ServiceProcessName, string>, logger: Logger): LaunchProcess {
  return (name) => {
    const child = utilityProcess.fork(modulePaths[name], [], { serviceName: `Lucie ${name}`, stdio: 'pipe' });
    child.stderr?.on('data', (data: Buffer) => logger.log('warn', data.toString('utf8').trimEnd(), { process: name }));
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
    return { port, processId: child.pid ?? null, exited, kill: () => void child.kill() };
  };
}
