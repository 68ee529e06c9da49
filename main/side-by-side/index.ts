/** The same prompt to several models or settings: run, stored, watched, exported. */
export { RunStore } from './run-store.ts';
export { SideBySideService } from './side-by-side-service.ts';
