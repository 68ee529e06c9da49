/** What the template lens shows: a conversation through a template that somebody may be writing, who must be told what is wrong and where. */
import { WorkbenchError } from '../../contract/errors.ts';
import {
  longestRendering,
  type RenderedTemplate,
  type TemplateInput,
  type TemplateProblem,
} from '../../contract/template-lens.ts';
import { ChatTemplate, type ChatMessage } from '../chat-template.ts';
import type { Tokenizer } from '../tokenizer.ts';
import { locateRunError } from './locate-run-error.ts';
import { locateSyntaxError } from './locate-syntax-error.ts';
import { renderLens, type Render } from './render-lens.ts';
import { templateEnvironment } from './template-environment.ts';
import { TimeLimitExceeded, withTimeLimit } from './time-limit.ts';

/** A template of a real model takes a few milliseconds; a busy machine may take many times as long. */
export const timeLimitMs = 2_000;

class RenderingTooLong extends Error {
  override readonly name = 'RenderingTooLong';
}

/** `variables`: the control tokens that the template may name. */
export async function renderTemplate(
  tokenizer: Tokenizer,
  variables: Record<string, string>,
  { template: source, messages, addGenerationPrompt, controlTokens }: TemplateInput,
): Promise<RenderedTemplate> {
  let template: ChatTemplate;
  try {
    template = withTimeLimit(timeLimitMs, () => new ChatTemplate('The template', source, variables));
  } catch (thrown) {
    return { kind: 'failed', problem: problemOf(thrown, 'syntax', () => locateSyntaxError(source)) };
  }
  let failed: readonly ChatMessage[] = messages;
  const render: Render = (given) => {
    failed = given;
    const text = withTimeLimit(timeLimitMs, () => template.render(given, addGenerationPrompt));
    if (text.length > longestRendering) {
      throw new RenderingTooLong(`It writes ${text.length} characters; at most ${longestRendering} are shown.`);
    }
    return text;
  };
  try {
    return await renderLens(tokenizer, render, messages, controlTokens);
  } catch (thrown) {
    const given = { ...variables, messages: [...failed], add_generation_prompt: addGenerationPrompt };
    const problem = problemOf(thrown, 'run', (message) =>
      locateRunError(source, () => templateEnvironment(given), message),
    );
    return { kind: 'failed', problem };
  }
}

/** @throws what is no failure of a template */
function problemOf(
  thrown: unknown,
  kind: 'syntax' | 'run',
  locate: (message: string) => TemplateProblem['place'],
): TemplateProblem {
  if (thrown instanceof TimeLimitExceeded) return { kind: 'time', message: thrown.message, place: null };
  if (thrown instanceof RenderingTooLong) return { kind: 'size', message: thrown.message, place: null };
  if (!(thrown instanceof WorkbenchError) || thrown.code !== 'CHAT_TEMPLATE_INVALID') throw thrown;
  const { cause } = thrown;
  const message = cause instanceof Error ? cause.message : String(cause);
  return { kind, message, place: placeInTime(() => locate(message)) };
}

/** No place is better than waiting for one. */
function placeInTime(locate: () => TemplateProblem['place']): TemplateProblem['place'] {
  try {
    const place = withTimeLimit(timeLimitMs, locate);
    return place === null ? null : { start: place.start, end: place.end };
  } catch (thrown) {
    // A tree that the engine just managed may be too deep to be searched: a RangeError.
    if (thrown instanceof TimeLimitExceeded || thrown instanceof SyntaxError || thrown instanceof RangeError)
      return null;
    throw thrown;
  }
}
