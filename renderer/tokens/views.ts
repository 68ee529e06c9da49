/** The views of the Tokens pane, in their order; each is fetched when it is first opened. */
import type { Component } from 'svelte';
import { tokenViewTexts } from '../i18n/token-views.ts';
import type { Phrase } from '../i18n/phrase.ts';

interface TokenView {
  readonly id: string;
  readonly name: Phrase;
  readonly load: () => Promise<{ default: Component }>;
}

const reader: TokenView = {
  id: 'reader',
  name: tokenViewTexts.reader,
  load: () => import('./reader/ReaderView.svelte'),
};

const vocabulary: TokenView = {
  id: 'vocabulary',
  name: tokenViewTexts.vocabulary,
  load: () => import('./vocabulary/VocabularyView.svelte'),
};

const compare: TokenView = {
  id: 'compare',
  name: tokenViewTexts.compare,
  load: () => import('./compare/CompareView.svelte'),
};

const steps: TokenView = {
  id: 'steps',
  name: tokenViewTexts.steps,
  load: () => import('./steps/StepsView.svelte'),
};

const template: TokenView = {
  id: 'template',
  name: tokenViewTexts.template,
  load: () => import('./template/TemplateView.svelte'),
};

const inside: TokenView = {
  id: 'inside',
  name: tokenViewTexts.inside,
  load: () => import('./inside/InsideView.svelte'),
};

export const tokenViews: readonly TokenView[] = [reader, steps, compare, vocabulary, inside, template];

/** An id that means nothing here leads to the reader. */
export function tokenViewOf(id: string | null): TokenView {
  return tokenViews.find((view) => view.id === id) ?? reader;
}
