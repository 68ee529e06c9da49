/**
 * Short generated conversations in five languages: capitals, translations, sums, counting, names. The same idea as the
 * training data of the demo model (`native-models/demo/recipe`), smaller; every answer is true by construction.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededRandom } from './random.ts';

export const languages = ['fr', 'en', 'de', 'es', 'it'] as const;
export type Language = (typeof languages)[number];

interface Tables {
  capitals: string[][];
  words: string[][];
  numbers: Record<Language, string[]>;
  languageNames: Record<Language, string[]>;
  names: string[];
}
const tables = JSON.parse(readFileSync(join(import.meta.dirname, 'dialogue-tables.json'), 'utf8')) as Tables;

type Exchange = [question: string, answer: string];
export interface Dialogue {
  language: Language;
  /** The kinds of question asked, in order. */
  topics: string[];
  turns: Exchange[];
}

const kinds: Record<string, (random: SeededRandom, language: Language) => Exchange[]> = {
  capital: (random, language) => [askCapital(random, language)],
  translation: (random, language) => [askTranslation(random, language)],
  sum: (random, language) => [askSum(random, language)],
  counting: (random, language) => [askCounting(random, language)],
  name: (random, language) => askName(random, language),
};

export function makeDialogues(count: number, seed: number): Dialogue[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const language = languages[index % languages.length] ?? 'fr';
    const topics = Array.from({ length: random.integer(1, 4) }, () => random.pick(Object.keys(kinds)));
    return { language, topics, turns: topics.flatMap((topic) => kinds[topic]?.(random, language) ?? []) };
  });
}

function cell(row: readonly string[], language: Language): string {
  return row[languages.indexOf(language)] ?? '';
}

function askCapital(random: SeededRandom, language: Language): Exchange {
  const [country = '', city = ''] = cell(random.pick(tables.capitals), language).split('|');
  const byLanguage: Record<Language, Exchange> = {
    fr: [`Quelle est la capitale ${frenchOf(country)} ?`, `La capitale ${frenchOf(country)} est ${city}.`],
    en: [`What is the capital of ${country}?`, `The capital of ${country} is ${city}.`],
    de: [`Was ist die Hauptstadt von ${country}?`, `Die Hauptstadt von ${country} ist ${city}.`],
    es: [`¿Cuál es la capital de ${country}?`, `La capital de ${country} es ${city}.`],
    it: [`${country}: qual è la capitale?`, `La capitale è ${city}.`],
  };
  return byLanguage[language];
}

function frenchOf(country: string): string {
  return country.startsWith('le ') ? `du ${country.slice(3)}` : `de ${country}`;
}

function askTranslation(random: SeededRandom, language: Language): Exchange {
  const row = random.pick(tables.words);
  const target = random.pick(languages.filter((other) => other !== language));
  const [word, translated] = [cell(row, language), cell(row, target)];
  const into = cell(tables.languageNames[language], target);
  const byLanguage: Record<Language, Exchange> = {
    fr: [`Comment dit-on « ${word} » ${into} ?`, `« ${word} » se dit « ${translated} » ${into}.`],
    en: [`How do you say "${word}" ${into}?`, `"${word}" is "${translated}" ${into}.`],
    de: [`Wie sagt man „${word}“ ${into}?`, `„${word}“ heißt „${translated}“ ${into}.`],
    es: [`¿Cómo se dice «${word}» ${into}?`, `«${word}» se dice «${translated}» ${into}.`],
    it: [`Come si dice «${word}» ${into}?`, `«${word}» si dice «${translated}» ${into}.`],
  };
  return byLanguage[language];
}

function askSum(random: SeededRandom, language: Language): Exchange {
  const [a, b] = [random.integer(2, 60), random.integer(2, 40)];
  const question: Record<Language, string> = {
    fr: `Combien font ${a} + ${b} ?`,
    en: `What is ${a} + ${b}?`,
    de: `Was ist ${a} + ${b}?`,
    es: `¿Cuánto es ${a} + ${b}?`,
    it: `Quanto fa ${a} + ${b}?`,
  };
  return [question[language], `${a} + ${b} = ${a + b}`];
}

function askCounting(random: SeededRandom, language: Language): Exchange {
  const first = random.integer(0, 5);
  const last = random.integer(first + 2, 10);
  const question: Record<Language, string> = {
    fr: `Compte de ${first} à ${last}.`,
    en: `Count from ${first} to ${last}.`,
    de: `Zähle von ${first} bis ${last}.`,
    es: `Cuenta de ${first} a ${last}.`,
    it: `Conta da ${first} a ${last}.`,
  };
  return [question[language], `${tables.numbers[language].slice(first, last + 1).join(', ')}.`];
}

function askName(random: SeededRandom, language: Language): Exchange[] {
  const name = random.pick(tables.names);
  const byLanguage: Record<Language, [Exchange, Exchange]> = {
    fr: [
      [`Je m'appelle ${name}.`, `Enchanté, ${name} !`],
      ["Comment je m'appelle ?", `Vous vous appelez ${name}.`],
    ],
    en: [
      [`My name is ${name}.`, `Nice to meet you, ${name}!`],
      ['What is my name?', `Your name is ${name}.`],
    ],
    de: [
      [`Ich heiße ${name}.`, `Freut mich, ${name}!`],
      ['Wie heiße ich?', `Sie heißen ${name}.`],
    ],
    es: [
      [`Me llamo ${name}.`, `¡Mucho gusto, ${name}!`],
      ['¿Cómo me llamo?', `Usted se llama ${name}.`],
    ],
    it: [
      [`Mi chiamo ${name}.`, `Piacere, ${name}!`],
      ['Come mi chiamo?', `Lei si chiama ${name}.`],
    ],
  };
  return byLanguage[language];
}
