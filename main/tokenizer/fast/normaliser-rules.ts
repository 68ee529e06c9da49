/**
 * The family's normaliser as rules: NFC; characters that are deleted; characters after which a space is put where a space or a word
 * follows; one space in front; blanks that become `▁`. The steps must come in this order, each written exactly so.
 */
import { z } from 'zod';
import { isWord } from './unicode-versions.ts';

export interface NormaliserRules {
  /** UTF-16 units. */
  deleted: number[];
  /** UTF-16 units after which a space is inserted where a space or a word character follows. */
  spacedAfter: number[];
  /** UTF-16 units that become `▁`; the space is one of them. */
  blanks: number[];
}

export const metaspace = 0x2581;
export const space = 0x20;

const replaceSchema = z.strictObject({
  type: z.literal('Replace'),
  pattern: z.strictObject({ Regex: z.string() }),
  content: z.string(),
});
const sequenceSchema = z.strictObject({ type: z.literal('Sequence'), normalizers: z.array(z.unknown()).min(4) });
const nfcSchema = z.strictObject({ type: z.literal('NFC') });
const prependSchema = z.strictObject({ type: z.literal('Prepend'), prepend: z.literal(' ') });

const spacedAfterPattern = /^(?:\\([\n\t([{])|([^\\^$.|?*+()[\]{}\w\s]))\(\?=\[ \\w\]\)$/;

/** `null` where the normaliser is another. */
export function normaliserRulesOf(normaliser: unknown): NormaliserRules | null {
  const steps = sequenceSchema.safeParse(normaliser).data?.normalizers;
  if (steps === undefined || !nfcSchema.safeParse(steps[0]).success) return null;
  if (!prependSchema.safeParse(steps.at(-2)).success) return null;
  const deletion = replaceSchema.safeParse(steps[1]).data;
  const blank = replaceSchema.safeParse(steps.at(-1)).data;
  if (deletion?.content !== '' || blank?.content !== '▁') return null;
  const deleted = charactersOf(deletion.pattern.Regex);
  const blanks = charactersOf(blank.pattern.Regex);
  const spacedAfter = steps.slice(2, -2).map(spacedAfterOf);
  if (deleted === null || blanks === null || !blanks.includes(space) || spacedAfter.includes(null)) return null;
  const rules = { deleted, blanks, spacedAfter: spacedAfter.filter((unit) => unit !== null) };
  const all = [...rules.deleted, ...rules.blanks, ...rules.spacedAfter];
  if (new Set(all).size !== all.length || all.some((unit) => unit === metaspace || isWord(unit) || isSurrogate(unit))) {
    return null;
  }
  return rules;
}

/** The character of a step `c(?=[ \w])` → `c `. */
function spacedAfterOf(step: unknown): number | null {
  const replace = replaceSchema.safeParse(step).data;
  if (replace === undefined) return null;
  const match = spacedAfterPattern.exec(replace.pattern.Regex);
  const character = match?.[1] ?? match?.[2];
  if (character?.length !== 1 || replace.content !== `${character} `) return null;
  return character.charCodeAt(0);
}

const classPattern = /^\[((?:[^\\^\-\][&]|\\r|\\n|\\t|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4})+)\]$/;
const classMember = /\\r|\\n|\\t|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|[^\\]/g;
const escapes: Record<string, number> = { '\\r': 0x0d, '\\n': 0x0a, '\\t': 0x09 };

/** The units of a class of single characters such as `[\r\x00]`. */
function charactersOf(pattern: string): number[] | null {
  const body = classPattern.exec(pattern)?.[1];
  if (body === undefined) return null;
  return Array.from(body.matchAll(classMember), ([member]) => {
    if (member.length > 2) return parseInt(member.slice(2), 16);
    return escapes[member] ?? member.charCodeAt(0);
  });
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
