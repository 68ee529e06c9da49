/** Runs of code of one colour, and which colour a scope of highlight.js has (https://highlightjs.readthedocs.io, CSS classes reference). */
export type CodeKind =
  'comment' | 'keyword' | 'string' | 'number' | 'name' | 'type' | 'attribute' | 'added' | 'removed' | 'plain';

export interface CodeRun {
  readonly kind: CodeKind;
  readonly text: string;
}

/** Longer code stays in one colour, and the block says so. */
export const MAXIMUM_COLOURED = 60_000;

const kinds: Record<string, CodeKind> = {
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  keyword: 'keyword',
  literal: 'keyword',
  meta: 'keyword',
  'selector-tag': 'keyword',
  section: 'keyword',
  string: 'string',
  regexp: 'string',
  char: 'string',
  link: 'string',
  code: 'string',
  number: 'number',
  symbol: 'number',
  bullet: 'number',
  title: 'name',
  function: 'name',
  name: 'name',
  type: 'type',
  class: 'type',
  built_in: 'type',
  'title.class': 'type',
  'selector-class': 'type',
  'selector-id': 'type',
  attr: 'attribute',
  attribute: 'attribute',
  variable: 'attribute',
  'template-variable': 'attribute',
  property: 'attribute',
  addition: 'added',
  deletion: 'removed',
};

/** The innermost scope that has a colour decides. */
export function codeKind(scopes: readonly string[]): CodeKind {
  for (const scope of scopes.toReversed()) {
    const kind = kinds[scope.split('.').slice(0, 2).join('.')] ?? kinds[scope.split('.')[0] ?? ''];
    if (kind !== undefined) return kind;
    if (scope === 'subst') return 'plain';
  }
  return 'plain';
}
