/** How the engine process can fail: what most likely ended it, a device that was lost, memory that is spent. */
import type { ErrorDetails } from '../../main/contract/errors.ts';
import { entry } from './error-text.ts';
import type { Format } from './format.ts';
import type { Language } from './language.ts';

/** By `details.cause`: the causes of `main/process/exit-cause.ts`, and a run that did not come back. */
const crashes: Partial<Record<string, Record<Language, string>>> = {
  killed: {
    fr: 'Le système a mis fin au moteur, sans doute faute de mémoire.',
    en: 'The system ended the engine, most likely because memory ran out.',
  },
  'native-crash': {
    fr: 'Le moteur s’est arrêté : une bibliothèque native ou un pilote a échoué.',
    en: 'The engine stopped: a native library or a driver failed.',
  },
  aborted: {
    fr: 'Le moteur a renoncé, sans doute faute de mémoire.',
    en: 'The engine gave up, most likely because memory ran out.',
  },
};

function crash(language: Language): (details: ErrorDetails, format: Format) => string {
  const otherwise = { fr: 'Le moteur s’est arrêté pendant la réponse.', en: 'The engine stopped in mid-answer.' };
  return ({ cause, seconds }, format) => {
    if (cause === 'unresponsive' && typeof seconds === 'number') {
      return {
        fr: `Le moteur n’a pas obéi en ${format.span(seconds)} ; l’application l’a arrêté.`,
        en: `The engine did not obey within ${format.span(seconds)}; the workbench ended it.`,
      }[language];
    }
    return (crashes[String(cause)] ?? otherwise)[language];
  };
}

export const engineErrorTexts = {
  ENGINE_CRASHED: entry(
    { fr: crash('fr'), en: crash('en') },
    {
      fr: 'Le moteur redémarre de lui-même ; renvoyez ensuite le message.',
      en: 'It starts again by itself; then send the message again.',
    },
  ),
  ENGINE_UNAVAILABLE: entry(
    { fr: 'Le moteur ne peut pas démarrer.', en: 'The engine cannot start.' },
    {
      fr: 'Redémarrez l’application ; si cela se répète, chargez un modèle plus petit.',
      en: 'Restart the application; if it happens again, load a smaller model.',
    },
  ),
  OUT_OF_MEMORY: entry(
    { fr: 'La mémoire n’a pas suffi.', en: 'There was not enough memory.' },
    {
      fr: 'Fermez d’autres programmes, raccourcissez la conversation ou chargez un modèle plus petit.',
      en: 'Close other programs, shorten the conversation, or load a smaller model.',
    },
  ),
  DEVICE_LOST: entry(
    {
      fr: 'Le processeur graphique ou son pilote a cessé de répondre.',
      en: 'The graphics processor or its driver stopped responding.',
    },
    {
      fr: 'Le moteur redémarre sans lui ; renvoyez ensuite le message.',
      en: 'The engine starts again without it; then send the message again.',
    },
  ),
};
