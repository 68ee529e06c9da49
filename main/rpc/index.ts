/** The contract over the services, and the transports that carry it. */
export { createRouter, type Services, type WorkbenchRouter } from './router.ts';
export { serveWebSocket } from './serve-websocket.ts';
