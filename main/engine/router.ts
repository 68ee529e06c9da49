/** The engine behind its contract. Errors go out as they are: whoever serves the router translates them. */
import { implement } from '@orpc/server';
import { engineContract } from '../contract/engine.ts';
import { probeDevices } from './devices/probe.ts';
import type { Engine } from './engine.ts';

export function createEngineRouter(engine: Engine) {
  const contract = implement(engineContract);
  return {
    probe: contract.probe.handler(() => probeDevices()),
    load: contract.load.handler(({ input }) => engine.load(input.folder, input.device, input.probes)),
    keepCaches: contract.keepCaches.handler(({ input }) => engine.keepCaches(input.folder)),
    forget: contract.forget.handler(({ input }) => engine.forget(input.prompts, input.folder)),
    unload: contract.unload.handler(() => engine.unload()),
    fingerprint: contract.fingerprint.handler(() => engine.fingerprint()),
    memory: contract.memory.handler(() => engine.memory()),
    encodeChat: contract.encodeChat.handler(({ input }) => engine.encodeChat(input.turns, input.addGenerationPrompt)),
    encodeText: contract.encodeText.handler(({ input }) => engine.encodeText(input.pieces, input.addBos)),
    checkGrammar: contract.checkGrammar.handler(({ input }) => engine.checkGrammar(input.grammar)),
    generate: contract.generate.handler(({ input, signal }) => engine.generate(input, signal)),
    encode: contract.encode.handler(async ({ input }) => ({
      ids: await engine.encode(input.text, input.addBos, input.controlTokens),
    })),
    score: contract.score.handler(({ input, signal }) => engine.score(input, signal)),
    scoreContinuations: contract.scoreContinuations.handler(({ input, signal }) =>
      engine.scoreContinuations(input, signal),
    ),
    attention: contract.attention.handler(({ input, signal }) => engine.inspections.attention(input, signal)),
    lens: contract.lens.handler(({ input, signal }) => engine.inspections.lens(input, signal)),
    neighbours: contract.neighbours.handler(({ input, signal }) => engine.inspections.neighbours(input, signal)),
    cancel: contract.cancel.handler(({ input }) => engine.cancel(input.generationId)),
  };
}
