/**
 * The Lucie family as it is published on the hub. Facts: `lucie-family.json`, from the repositories' cards and configurations and
 * from github.com/OpenLLM-France/Lucie-Training; sizes follow from the shape.
 */
import { totalmem } from 'node:os';
import type { Family, FamilyMember, FamilyRevision } from '../contract/model-family.ts';
import { freeBytes } from '../hub/index.ts';
import facts from './lucie-family.json' with { type: 'json' };
import { cacheBytesPerToken, outputBytes, parameterCount } from './output-bytes.ts';

/** `modelsFolder` need not exist yet. */
export async function describeFamily(modelsFolder: string): Promise<Family> {
  return {
    members: familyMembers(),
    // The engine of this version runs on the CPU.
    machine: { freeBytes: await freeBytes(modelsFolder), memoryBytes: totalmem(), suggestedTarget: 'cpu' },
  };
}

export function familyMembers(): FamilyMember[] {
  const { config, sourceBytes, licence } = facts;
  const common = {
    parameterCount: parameterCount(config),
    sourceBytes,
    outputBytes: outputBytes(config),
    cacheBytesPerToken: cacheBytesPerToken(config),
    licence,
  };
  const members = facts.members as Pick<FamilyMember, 'id' | 'repository' | 'revisions'>[];
  const { repository } = facts.checkpoints;
  return [
    ...members.map((member) => ({ ...member, ...common })),
    { id: 'checkpoints', repository, revisions: checkpointRevisions(), ...common },
  ];
}

/** Newest first, named as the branches of the repository are. */
function checkpointRevisions(): FamilyRevision[] {
  const { extension, main } = facts.checkpoints;
  const named = (prefix: string, phase: 'main' | 'extension', contextLength: number) => (steps: number) => ({
    name: `${prefix}${String(steps).padStart(7, '0')}`,
    phase,
    steps,
    contextLength,
  });
  const regular = Array.from({ length: main.through / main.every }, (_, index) => (index + 1) * main.every);
  return [
    ...extension.steps.map(named('extension_step', 'extension', extension.contextLength)),
    ...[...main.first, ...regular, main.last].reverse().map(named('step', 'main', main.contextLength)),
  ];
}
