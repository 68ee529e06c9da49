/** How contenders are called, and what is said of them in a line. */
import type { ModelSummary } from '../../../main/contract/models.ts';
import type { Sampling } from '../../../main/contract/sampling.ts';
import type { Contender, ContenderAnswer } from '../../../main/contract/side-by-side.ts';
import { finishReasons, statisticsTexts } from '../../i18n/chat.ts';
import { deviceNames } from '../../i18n/device-names.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import { contenderStatuses, sideBySideTexts } from '../../i18n/side-by-side.ts';
import { tokensPerSecond } from '../thread/context-use.ts';
import type { AnswerText } from './answer-units.ts';

/** A, B, C… by position. */
export function letterOf(position: number): string {
  return String.fromCodePoint(65 + position);
}

export function modelName({ contender, model }: ContenderAnswer, models: readonly ModelSummary[] | null): string {
  return model?.name ?? models?.find(({ id }) => id === contender.modelId)?.name ?? contender.modelId ?? '';
}

export function choiceOfTokens({ temperature }: Pick<Sampling, 'temperature'>, { t }: Pick<I18n, 't'>): string {
  return temperature === 0 ? t(sideBySideTexts.greedy) : t(sideBySideTexts.temperature, { value: temperature });
}

/** What sets it apart from the others, as it ran. */
export function settingFacts(answer: ContenderAnswer, i18n: Pick<I18n, 't'>): string[] {
  const { contender, model, sampling } = answer;
  const { t } = i18n;
  const wished = contender.sampling.temperature;
  return [
    model?.quantisation ? t(sideBySideTexts.bits, { bits: model.quantisation.bits }) : '',
    model === null ? '' : deviceNames[model.device],
    sampling !== null
      ? choiceOfTokens(sampling, i18n)
      : wished === undefined
        ? ''
        : choiceOfTokens({ temperature: wished }, i18n),
    contender.mode === 'text' ? t(sideBySideTexts.plainText) : '',
    contender.mode === 'chat' && contender.systemPrompt.trim() !== '' ? t(sideBySideTexts.systemPrompt) : '',
  ].filter((fact) => fact !== '');
}

/** How it went: under way, ended, with what figures. */
export function progressFacts(answer: ContenderAnswer, i18n: Pick<I18n, 't'>): string[] {
  const { status, finishReason, statistics, tokens, loadMs } = answer;
  const { t } = i18n;
  const perSecond = statistics === null ? null : tokensPerSecond(statistics);
  return [
    status === 'complete' && finishReason !== null ? t(finishReasons[finishReason]) : t(contenderStatuses[status]),
    tokens.length === 0 ? '' : t(sideBySideTexts.written, { tokens: tokens.length }),
    statistics === null ? '' : t(statisticsTexts.firstToken, { ms: statistics.timeToFirstTokenMs }),
    perSecond === null ? '' : t(statisticsTexts.speed, { perSecond }),
    loadMs === null ? '' : t(sideBySideTexts.loadTime, { ms: loadMs }),
  ].filter((fact) => fact !== '');
}

export function asText({ text, tokens, model }: ContenderAnswer): AnswerText {
  return { text, tokens, tokenizerHash: model?.tokenizerHash ?? null };
}

/** How many models have to be loaded, beside the one that is: `loadedId` is `null` where none is. */
export function loadsOf(contenders: readonly Contender[], loadedId: string | null): number {
  return new Set(contenders.map(({ modelId }) => modelId ?? loadedId).filter((id) => id !== loadedId)).size;
}
