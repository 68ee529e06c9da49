/** What a compared tokenizer is called, and what tells it from others of the same name. */
import type { ModelSummary } from '../../../main/contract/models.ts';
import { compareTexts } from '../../i18n/compare.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import type { ComparedTokenizer } from './compared-tokenizers.svelte.ts';

export interface TokenizerLabel {
  readonly name: string;
  /** Empty where there is nothing to add. */
  readonly detail: string;
}

export function tokenizerLabel(
  { source, name, path, isOffline }: ComparedTokenizer,
  models: readonly Pick<ModelSummary, 'id' | 'name'>[],
  loadedName: string | null,
  { t }: Pick<I18n, 't'>,
): TokenizerLabel {
  switch (source.kind) {
    case 'chosen':
      return { name: loadedName ?? t(compareTexts.loadedModel), detail: t(compareTexts.loadedModel) };
    case 'model':
      return { name: models.find(({ id }) => id === source.modelId)?.name ?? name, detail: '' };
    case 'file':
      return { name, detail: path };
    case 'hub': {
      const commit = t(compareTexts.commit, { commit: source.revision.slice(0, 7) });
      return { name, detail: isOffline ? `${commit} (${t(compareTexts.offline)})` : commit };
    }
  }
}
