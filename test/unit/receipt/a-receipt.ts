/** A receipt with every field set. */
import type { Receipt } from '../../../main/contract/receipt.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { receiptHeader, wholeReceipt } from '../../../main/receipt/index.ts';
import { scriptedFingerprint, scriptedModel } from '../../fixtures/scripted-engine.ts';

export function aReceipt(): Receipt {
  const header = receiptHeader({
    workbenchVersion: '0.1.0',
    model: scriptedModel,
    fingerprint: structuredClone(scriptedFingerprint),
    origin: { repository: 'OpenLLM-France/Lucie-7B-Instruct', revision: 'main', commit: 'c'.repeat(40) },
  });
  return wholeReceipt(
    { ...header, tokenizerSha256: 'd'.repeat(64) },
    {
      sampling: { ...defaultSampling, seed: null },
      seed: 5,
      promptIds: [0, 5, 6],
      givenTokens: 0,
      continuesText: false,
      generatedIds: [7, 8, 9],
      finishReason: 'stop-token',
      createdAt: Date.UTC(2026, 10, 24),
    },
  );
}
