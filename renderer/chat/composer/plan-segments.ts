/**
 * A context plan as the pieces of a bar. Before anything is dropped the parts of the prompt add up to all that was said; what is drawn
 * adds up to the model's context, plus what goes beyond it or is left out.
 */
import type { ContextPlan } from '../../../main/contract/context.ts';

export type SegmentKind =
  | 'system'
  /** Of the history, what will not be read. */
  | 'dropped'
  | 'history'
  | 'attachments'
  | 'message'
  | 'answerStart'
  /** Kept free for the answer. */
  | 'reserve'
  | 'free';

export interface PlanSegment {
  kind: SegmentKind;
  tokens: number;
}

/** Those of no tokens are left out. */
export function planSegments(plan: ContextPlan): PlanSegment[] {
  const { parts, droppedTokens, room, reserve } = plan;
  // A template may say something at the start of a conversation, so that what is dropped can be a little more than the history.
  const dropped = Math.min(droppedTokens, parts.history);
  const kept = Math.min(room, reserve);
  const all: PlanSegment[] = [
    { kind: 'system', tokens: parts.system - (droppedTokens - dropped) },
    { kind: 'dropped', tokens: dropped },
    { kind: 'history', tokens: parts.history - dropped },
    { kind: 'attachments', tokens: parts.attachments },
    { kind: 'message', tokens: parts.message },
    { kind: 'answerStart', tokens: parts.answerStart },
    { kind: 'reserve', tokens: kept },
    { kind: 'free', tokens: room - kept },
  ];
  return all.filter(({ tokens }) => tokens > 0);
}

/** How many tokens are said in all, also those that do not fit. */
export function saidTokens({ parts }: ContextPlan): number {
  return parts.system + parts.history + parts.attachments + parts.message + parts.answerStart;
}

/** What a conversation takes up before anything is written. */
export function restingSegments(used: number, contextLength: number): PlanSegment[] {
  const taken = Math.min(used, contextLength);
  const all: PlanSegment[] = [
    { kind: 'history', tokens: taken },
    { kind: 'free', tokens: contextLength - taken },
  ];
  return all.filter(({ tokens }) => tokens > 0);
}
