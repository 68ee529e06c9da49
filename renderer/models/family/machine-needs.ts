/** What a model asks of a machine, in bytes, and what of it the machine does not have. */
import type { Family, FamilyMember, Target } from '../../../main/contract/model-family.ts';

export interface GetChoice {
  target: Target;
  keepSource: boolean;
}

export interface MachineNeeds {
  /** Afterwards; nothing more is needed on the way. */
  diskBytes: number;
  /** Of the weights and of the cache at `shortContext` and at the model's whole context. */
  memoryBytes: { short: number; full: number };
  /** Tokens that the machine's memory suffices for; below 0 where not even the weights fit. */
  fittingTokens: number;
}

/** A conversation of some length, and what all of the family's contexts allow. */
export const shortContext = 4_096;

/** What the system and the workbench itself keep of the memory: an assumption, rather too small than too large. */
const systemBytes = 1_500_000_000;

export function machineNeeds(
  member: Pick<FamilyMember, 'sourceBytes' | 'outputBytes' | 'cacheBytesPerToken'>,
  contextLength: number,
  { target, keepSource }: GetChoice,
  machine: Pick<Family['machine'], 'memoryBytes'>,
): MachineNeeds {
  const { sourceBytes, outputBytes, cacheBytesPerToken } = member;
  // Of both kinds the one for the CPU is loaded.
  const kind = target === 'gpu' ? 'gpu' : 'cpu';
  const weights = outputBytes[kind];
  const perToken = cacheBytesPerToken[kind];
  return {
    diskBytes: outputBytes[target] + (keepSource ? sourceBytes : 0),
    memoryBytes: {
      short: weights + Math.min(shortContext, contextLength) * perToken,
      full: weights + contextLength * perToken,
    },
    fittingTokens: Math.floor((machine.memoryBytes - systemBytes - weights) / perToken),
  };
}
