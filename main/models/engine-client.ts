/** The engine process as the services of the main side call it. */
import type { ContractRouterClient } from '@orpc/contract';
import type { engineContract } from '../contract/engine.ts';

export type EngineClient = ContractRouterClient<typeof engineContract>;
