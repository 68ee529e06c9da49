/** What the bench asks of the process of a runtime. Replies are milliseconds, of `peak-memory` bytes. */
import type { RuntimeSetup } from './runtime.ts';

export type RuntimeRequest =
  | ({ readonly do: 'load' } & RuntimeSetup)
  | { readonly do: 'begin' | 'turn'; readonly ids: readonly number[] }
  | { readonly do: 'decode'; readonly steps: number }
  | { readonly do: 'peak-memory' };
