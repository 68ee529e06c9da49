/** What a model is asked for a title, and what of its answer is one. */
import type { Message } from '../../contract/chat.ts';
import type { Turn } from '../../contract/engine.ts';

const longestTitle = 80;
/** Enough to know what a conversation is about; the rest costs time to read. In UTF-16 units. */
const longestMessage = 600;
const mostMessages = 4;

type TitleLanguage = 'fr' | 'en' | 'de' | 'es' | 'it';

const questions: Record<TitleLanguage, string> = {
  fr: 'Donne un titre de cinq mots au plus à la conversation qui suit. Réponds par le titre seul, sans guillemets.',
  en: 'Give the conversation below a title of at most five words. Answer with the title only, without quotation marks.',
  de: 'Gib dem folgenden Gespräch einen Titel von höchstens fünf Wörtern. Antworte nur mit dem Titel, ohne Anführungszeichen.',
  es: 'Pon un título de cinco palabras como máximo a la conversación siguiente. Responde solo con el título, sin comillas.',
  it: 'Dai un titolo di al massimo cinque parole alla conversazione seguente. Rispondi solo con il titolo, senza virgolette.',
};

/** Words that are frequent in one of Lucie's languages and rare in the others. */
const commonWords: Record<TitleLanguage, readonly string[]> = {
  fr: ['le', 'les', 'des', 'est', 'une', 'et', 'je', 'vous', 'qui', 'que', 'dans', 'pour', 'du', 'quelle', 'comment'],
  en: ['the', 'is', 'and', 'of', 'to', 'what', 'how', 'you', 'my', 'this', 'that', 'with', 'are', 'write'],
  de: ['der', 'die', 'das', 'und', 'ist', 'ich', 'nicht', 'ein', 'eine', 'wie', 'was', 'mit', 'von', 'zu'],
  es: ['el', 'los', 'las', 'y', 'es', 'qué', 'cómo', 'del', 'por', 'con', 'cuál', 'una', 'para'],
  it: ['il', 'gli', 'di', 'è', 'che', 'come', 'sono', 'della', 'qual', 'per', 'con', 'perché', 'e'],
};

/** One turn of the user's, with the beginning of the conversation in it: a question about it, not a part of it. */
export function titleTurns(branch: readonly Message[]): Turn[] {
  const said = branch.filter(({ role, text }) => role !== 'system' && text.trim() !== '').slice(0, mostMessages);
  const excerpt = said.map(({ text }) => text.trim().slice(0, longestMessage)).join('\n\n');
  return [{ role: 'user', text: `${questions[languageOf(said)]}\n\n${excerpt}` }];
}

/** That of the user's words; French, Lucie's first language, where they do not tell. */
export function languageOf(messages: readonly Pick<Message, 'role' | 'text'>[]): TitleLanguage {
  const text = messages
    .filter(({ role }) => role === 'user')
    .map((message) => message.text)
    .join(' ');
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best: TitleLanguage = 'fr';
  let mostFound = 0;
  for (const language of Object.keys(commonWords) as TitleLanguage[]) {
    const found = words.filter((word) => commonWords[language].includes(word)).length;
    if (found > mostFound) [best, mostFound] = [language, found];
  }
  return best;
}

/** One line without quotation marks, markup and the word for title, cut at a word; `null` where no word is left. */
export function cleanTitle(written: string): string | null {
  const [line = ''] = written.trim().split(/[\r\n]/, 1);
  const bare = line
    .replace(/^[#>*\-\s]+/u, '')
    .replace(/^(?:titre|title|titel|título|titolo)\s*:\s*/iu, '')
    .replace(/^[\s"'«“”»*_`]+|[\s"'«“”»*_`.:;,]+$/gu, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/\s+/gu, ' ');
  if (!/[\p{L}\p{N}]/u.test(bare)) return null;
  if (bare.length <= longestTitle) return bare;
  return `${bare.slice(0, longestTitle).replace(/\s+\S*$/u, '')}…`;
}
