/** Of what script the characters of a token are, by their Unicode properties: a first answer to which languages a token serves. */

export const scripts = [
  'latin',
  'greek',
  'cyrillic',
  'arabic',
  'hebrew',
  'asian',
  'other-letters',
  'digits',
  'punctuation',
  'symbols',
  'spaces',
  'controls',
] as const;
export type Script = (typeof scripts)[number];

const tests: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['greek', /\p{Script=Greek}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  [
    'asian',
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]/u,
  ],
  ['other-letters', /\p{L}/u],
  ['digits', /\p{N}/u],
  ['symbols', /[\p{S}\p{Emoji_Presentation}]/u],
  ['punctuation', /\p{P}/u],
  ['spaces', /\s/u],
];

/** Of the first kind in the list that the text has a character of: letters count before signs, and signs before spaces. */
export function scriptOf(text: string): Script {
  return tests.find(([, test]) => test.test(text))?.[0] ?? 'controls';
}
