import { describe, expect, it } from 'vitest';
import type { LoadedModel } from '../../../../../main/contract/engine.ts';
import type { EngineState, EngineStatus } from '../../../../../main/contract/models.ts';
import { sendBlock } from '../../../../../renderer/chat/composer/send-block.ts';

const model = { name: 'demo' } as LoadedModel;
const status = (state: EngineState, loaded: LoadedModel | null = model): EngineStatus => ({
  state,
  model: loaded,
  error: null,
  processId: 1,
  restarts: 0,
  residentBytes: null,
});

describe('sendBlock', () => {
  it('lets a text through when the engine is ready', () => {
    expect(sendBlock({ isEmpty: false, isStreaming: false, status: status('ready') })).toBeNull();
  });

  it('lets a text through when the model was unloaded for want of use', () => {
    expect(sendBlock({ isEmpty: false, isStreaming: false, status: status('idle', null) })).toBeNull();
  });

  it('says why not', () => {
    expect(sendBlock({ isEmpty: true, isStreaming: false, status: status('ready') })).toBe('emptyPrompt');
    expect(sendBlock({ isEmpty: false, isStreaming: true, status: status('ready') })).toBe('modelBusy');
    expect(sendBlock({ isEmpty: false, isStreaming: false, status: status('busy') })).toBe('modelBusy');
    expect(sendBlock({ isEmpty: false, isStreaming: false, status: status('restarting', null) })).toBe('modelStarting');
    expect(sendBlock({ isEmpty: false, isStreaming: false, status: null })).toBe('modelStarting');
    expect(sendBlock({ isEmpty: false, isStreaming: false, status: status('failed', null) })).toBe('modelMissing');
  });
});
