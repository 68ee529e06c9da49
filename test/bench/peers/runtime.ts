/** What the bench asks of a runtime. One conversation at a time, greedy, token ids in and out; each runs in a process of its own. */
export interface Runtime {
  load(setup: RuntimeSetup): Promise<void>;
  /** What follows is another conversation: nothing of the one before may be reused. */
  forget(): Promise<void>;
  /**
   * Continues `ids`, of which the runtime may hold a beginning from the call before. Calls `onToken` the moment a token is chosen;
   * returns after `steps` of them.
   */
  generate(ids: readonly number[], steps: number, onToken: (id: number) => void): Promise<void>;
}

export interface RuntimeSetup {
  /** A model folder, or a GGUF file. */
  readonly modelPath: string;
  readonly threads: number;
  /** Tokens that the longest conversation will have. */
  readonly contextSize: number;
}

export const runtimeNames = ['lucie', 'llama.cpp', 'transformers.js'] as const;
export type RuntimeName = (typeof runtimeNames)[number];
