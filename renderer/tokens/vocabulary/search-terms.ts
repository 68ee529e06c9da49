/** What is searched for, as it stands in the fields, and what is asked of the main side for it. */
import type { VocabularyFilters, VocabularyQuery, VocabularySort } from '../../../main/contract/vocabulary.ts';

export type SearchForm = 'text' | 'regex' | 'bytes' | 'id';
export const searchForms: readonly SearchForm[] = ['text', 'regex', 'bytes', 'id'];
export type SearchPlace = 'anywhere' | 'start' | 'whole';
export const searchPlaces: readonly SearchPlace[] = ['anywhere', 'start', 'whole'];

export interface SearchTerms {
  readonly form: SearchForm;
  readonly text: string;
  readonly place: SearchPlace;
  readonly matchCase: boolean;
  readonly matchAccents: boolean;
  readonly filters: VocabularyFilters;
  readonly sort: VocabularySort;
}

export const noFilters: VocabularyFilters = {
  kinds: [],
  scripts: [],
  reachability: [],
  beginsWithSpace: null,
  characters: { least: null, most: null },
  bytes: { least: null, most: null },
};

export const allTokens: SearchTerms = {
  form: 'text',
  text: '',
  place: 'anywhere',
  matchCase: false,
  matchAccents: false,
  filters: noFilters,
  sort: { by: 'id', descending: false },
};

const ids = /^\s*(\d{1,9})\s*(?:(?:-|–|\.\.|à|to)\s*(\d{1,9}))?\s*$/;

/** An empty field asks for everything; `null` where the field is no id and no range of them. */
export function queryOf({ form, text, place, matchCase, matchAccents }: SearchTerms): VocabularyQuery | null {
  if (text === '') return { form: 'all' };
  switch (form) {
    case 'text':
      return { form, text, place, matchCase, matchAccents };
    case 'regex':
      return { form, pattern: text, matchCase };
    case 'bytes':
      return { form, hexadecimal: text, place };
    case 'id': {
      const [, first, last = first] = ids.exec(text) ?? [];
      return first === undefined ? null : { form, first: Number(first), last: Number(last) };
    }
  }
}

/** The list with the value put in, or taken out where it was in it. */
export function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

export function hasFilters(filters: VocabularyFilters): boolean {
  return JSON.stringify(filters) !== JSON.stringify(noFilters);
}
