/** The text of one version of a message of LM Studio's. */
import { z } from 'zod';
import { roleSchema, type Role } from '../../../contract/engine.ts';

const partSchema = z.object({ type: z.string(), text: z.string().nullish() });
const contentSchema = z.union([z.string(), z.array(z.unknown())]);
const stepSchema = z.object({
  type: z.string(),
  /** Begins with the time in milliseconds, as `1700000002000-0.5`. */
  stepIdentifier: z.string().nullish(),
  content: contentSchema.nullish(),
  /** `thinking` on blocks that hold reasoning rather than the answer. */
  style: z.object({ type: z.string() }).nullish(),
  genInfo: z.object({ identifier: z.string().nullish(), indexedModelIdentifier: z.string().nullish() }).nullish(),
});
const versionSchema = z.object({
  role: z.string(),
  content: contentSchema.nullish(),
  steps: z.array(z.unknown()).nullish(),
  senderInfo: z.object({ senderName: z.string().nullish() }).nullish(),
});

export interface LmStudioVersion {
  /** `null` where it is none of a conversation. */
  role: Role | null;
  text: string;
  model: string | null;
  createdAt: number | null;
  omitted: number;
}

export function lmStudioVersion(value: unknown): LmStudioVersion {
  const parsed = versionSchema.safeParse(value);
  if (!parsed.success) return { role: null, text: '', model: null, createdAt: null, omitted: 1 };
  const { role, content, steps, senderInfo } = parsed.data;
  const result: LmStudioVersion = {
    role: roleSchema.safeParse(role).data ?? null,
    ...textOf(content ?? []),
    model: senderInfo?.senderName ?? null,
    createdAt: null,
  };
  for (const value of steps ?? []) addStep(result, value);
  return result;
}

/** Blocks of content are the answer; reasoning and calls of tools are not, and what the program notes for itself is not counted. */
function addStep(version: LmStudioVersion, value: unknown): void {
  const { data: step } = stepSchema.safeParse(value);
  if (step?.type === 'debugInfoBlock') return;
  if (step?.type !== 'contentBlock' || step.style?.type === 'thinking') {
    version.omitted += 1;
    return;
  }
  const { text, omitted } = textOf(step.content ?? []);
  version.text += text;
  version.omitted += omitted;
  version.model = step.genInfo?.identifier ?? step.genInfo?.indexedModelIdentifier ?? version.model;
  const [, time] = /^(\d{12,14})-/.exec(step.stepIdentifier ?? '') ?? [];
  if (time !== undefined) version.createdAt ??= Number(time);
}

function textOf(content: z.infer<typeof contentSchema>): { text: string; omitted: number } {
  if (typeof content === 'string') return { text: content, omitted: 0 };
  let text = '';
  let omitted = 0;
  for (const value of content) {
    const { data: part } = partSchema.safeParse(value);
    if (part?.type === 'text' && typeof part.text === 'string') text += part.text;
    else omitted += 1;
  }
  return { text, omitted };
}
