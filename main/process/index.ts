/** Service processes: how they are started, reached and kept alive. */
export { connectPort } from './connect-port.ts';
export { fromRemoteError, mapErrors, toRemoteError } from './error-transport.ts';
export { launchNodeProcess } from './launch-node-process.ts';
export type { LaunchProcess, ProcessExit, ProcessHandle, ProcessPort, ServiceProcessName } from './port.ts';
export { serverInterceptors, servePort, type AnyRouter } from './serve-port.ts';
export { SupervisedProcess, type ProcessState } from './supervised-process.ts';
