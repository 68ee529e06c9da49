/**
 * The engine as the rest of the main side may know it: types only. Its code runs in a process of its own (`process.ts`) and
 * is reached through `engineContract`; importing this file loads no native runtime.
 */
export type { Engine } from './engine.ts';
export type { EngineRouter } from './router.ts';
