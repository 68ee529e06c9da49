/** `runtime-child.ts NAME`: one runtime in a process of its own, so that its memory is its own and a crash costs only its figures. */
import { readFileSync } from 'node:fs';
import { residentBytes, serveBench } from '../bench-process.ts';
import { LlamaRuntime } from './llama-runtime.ts';
import { LucieRuntime } from './lucie-runtime.ts';
import { MeasuredConversation } from './measured-conversation.ts';
import type { RuntimeRequest } from './runtime-protocol.ts';
import type { Runtime, RuntimeName } from './runtime.ts';
import { TransformersRuntime } from './transformers-runtime.ts';

const makers: Record<RuntimeName, () => Runtime> = {
  lucie: () => new LucieRuntime(),
  'llama.cpp': () => new LlamaRuntime(),
  'transformers.js': () => new TransformersRuntime(),
};

const runtime = makers[process.argv[2] as RuntimeName]();
const conversation = new MeasuredConversation(runtime);

async function answer(request: RuntimeRequest): Promise<number[]> {
  switch (request.do) {
    case 'load': {
      const begun = performance.now();
      await runtime.load(request);
      return [performance.now() - begun];
    }
    case 'begin':
      return [await conversation.begin(request.ids)];
    case 'turn':
      return [await conversation.turn(request.ids)];
    case 'decode':
      return conversation.decode(request.steps);
    case 'peak-memory':
      return [residentBytes('VmHWM', readFileSync('/proc/self/status', 'utf8'))];
  }
}

serveBench(answer);
