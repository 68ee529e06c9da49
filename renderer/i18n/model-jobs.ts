/** Texts of the tasks of the Models pane: getting, converting and verifying. */
import type { Target } from '../../main/contract/model-family.ts';
import type { JobRequest, JobState, JobStep } from '../../main/contract/model-jobs.ts';
import type { Progress } from '../../main/contract/progress.ts';
import type { Format, PluralForms } from './format.ts';
import type { Language } from './language.ts';
import { phrase, type Phrase } from './phrase.ts';

export const jobKinds: Record<JobRequest['kind'], Phrase> = {
  get: { fr: 'Téléchargement et conversion', en: 'Download and conversion' },
  convert: { fr: 'Conversion', en: 'Conversion' },
  verify: { fr: 'Vérification', en: 'Verification' },
};

export const targetNames: Record<Target, Phrase> = {
  cpu: { fr: 'CPU', en: 'CPU' },
  gpu: { fr: 'GPU', en: 'GPU' },
  both: { fr: 'CPU et GPU', en: 'CPU and GPU' },
};

export const jobStates: Record<JobState, Phrase> = {
  queued: { fr: 'en attente', en: 'waiting' },
  running: { fr: 'en cours', en: 'running' },
  paused: { fr: 'en pause', en: 'paused' },
  failed: { fr: 'échec', en: 'failed' },
  done: { fr: 'terminé', en: 'done' },
};

export const jobSteps: Record<JobStep | 'stream', Phrase> = {
  list: { fr: 'Lecture du dépôt', en: 'Reading the repository' },
  download: { fr: 'Téléchargement', en: 'Downloading' },
  check: { fr: 'Contrôle des empreintes', en: 'Checking the hashes' },
  convert: { fr: 'Conversion', en: 'Converting' },
  /** Published weights are converted while they arrive, and not kept. */
  stream: { fr: 'Téléchargement et conversion', en: 'Downloading and converting' },
  calibrate: { fr: 'Calibrage du cache', en: 'Calibrating the cache' },
  verify: { fr: 'Vérification du résultat', en: 'Verifying the result' },
};

/** Names of checks that the main side gives; one that is not known here is shown as it is. */
export const checkNames: Readonly<Record<string, Phrase>> = {
  file: { fr: 'Taille et empreinte', en: 'Size and hash' },
  graph: { fr: 'Graphe', en: 'Graph' },
  rotary: { fr: 'Positions rotatives', en: 'Rotary positions' },
  embedding: { fr: 'Plongements', en: 'Embedding' },
  layer: { fr: 'Couche recalculée', en: 'Layer, recomputed' },
  head: { fr: 'Logits recalculés', en: 'Logits, recomputed' },
  source: { fr: 'Poids publiés', en: 'Published weights' },
};

type Counted = Exclude<Progress['unit'], 'bytes'>;
const nouns: Record<Language, Record<Counted, PluralForms>> = {
  fr: {
    tokens: { one: 'token', other: 'tokens' },
    rows: { one: 'ligne', other: 'lignes' },
    files: { one: 'fichier', other: 'fichiers' },
    steps: { one: 'étape', other: 'étapes' },
  },
  en: {
    tokens: { one: 'token', other: 'tokens' },
    rows: { one: 'row', other: 'rows' },
    files: { one: 'file', other: 'files' },
    steps: { one: 'step', other: 'steps' },
  },
};

const amount = (count: number, unit: Progress['unit'], language: Language, format: Format): string =>
  unit === 'bytes' ? format.bytes(count) : format.count(Math.round(count), nouns[language][unit]);

export const jobTexts = {
  title: { fr: 'Tâches', en: 'Tasks' },
  amount: phrase<{ done: number; total: number | null; unit: Progress['unit'] }>({
    fr: ({ done, total, unit }, format) =>
      total === null
        ? amount(done, unit, 'fr', format)
        : `${unit === 'bytes' ? format.bytes(done) : format.number(done)} sur ${amount(total, unit, 'fr', format)}`,
    en: ({ done, total, unit }, format) =>
      total === null
        ? amount(done, unit, 'en', format)
        : `${unit === 'bytes' ? format.bytes(done) : format.number(done)} of ${amount(total, unit, 'en', format)}`,
  }),
  speed: phrase<{ perSecond: number; unit: Progress['unit'] }>({
    fr: ({ perSecond, unit }, format) => `${amount(perSecond, unit, 'fr', format)}/s`,
    en: ({ perSecond, unit }, format) => `${amount(perSecond, unit, 'en', format)}/s`,
  }),
  timeLeft: phrase<{ seconds: number }>({
    fr: ({ seconds }, format) => `encore ${format.span(seconds)}`,
    en: ({ seconds }, format) => `${format.span(seconds)} left`,
  }),
  percentOf: phrase<{ step: string; percent: string }>({
    fr: ({ step, percent }) => `${step} : ${percent}`,
    en: ({ step, percent }) => `${step}: ${percent}`,
  }),
  forTarget: phrase<{ kind: string; target: string; keepsSource: boolean }>({
    fr: ({ kind, target, keepsSource }) =>
      `${kind}, pour ${target}${keepsSource ? ' ; les poids publiés sont gardés' : ''}`,
    en: ({ kind, target, keepsSource }) =>
      `${kind}, for ${target}${keepsSource ? '; the published weights are kept' : ''}`,
  }),
  waitsFor: phrase<{ name: string; others: number }>({
    fr: ({ name, others }, format) =>
      `Commence après « ${name} »${others === 0 ? '' : ` et ${format.count(others, { one: 'autre tâche', other: 'autres tâches' })}`} : une tâche à la fois.`,
    en: ({ name, others }, format) =>
      `Begins after “${name}”${others === 0 ? '' : ` and ${format.count(others, { one: 'other task', other: 'other tasks' })}`}: one task at a time.`,
  }),
  waits: { fr: 'Commence dans un instant.', en: 'Begins in a moment.' },
  paused: {
    fr: 'En pause. Ce qui est fait est gardé, même si vous fermez l’application.',
    en: 'Paused. What is done is kept, also when you close the workbench.',
  },
  pause: { fr: 'Mettre en pause', en: 'Pause' },
  resume: { fr: 'Reprendre', en: 'Continue' },
  retry: { fr: 'Réessayer', en: 'Try again' },
  cancel: { fr: 'Abandonner', en: 'Cancel' },
  dismiss: { fr: 'Fermer', en: 'Dismiss' },
  cancelQuestion: { fr: 'Abandonner cette tâche ?', en: 'Cancel this task?' },
  cancelText: phrase<{ done: string }>({
    fr: ({ done }) => `Ce qui est fait (${done}) sera supprimé. Une pause le garderait.`,
    en: ({ done }) => `What is done (${done}) will be deleted. A pause would keep it.`,
  }),
  cancelYes: { fr: 'Abandonner et supprimer', en: 'Cancel and delete' },
  cancelNo: { fr: 'Ne pas abandonner', en: 'Do not cancel' },
  ready: { fr: 'Le modèle est prêt, dans', en: 'The model is ready, in' },
  verifiedFolder: { fr: 'Le modèle vérifié est dans', en: 'The verified model is in' },
  copyFolder: { fr: 'Copier le chemin', en: 'Copy the path' },
  noChecks: { fr: 'Rien n’a été vérifié.', en: 'Nothing was verified.' },
  checks: phrase<{ passed: number; failed: number }>({
    fr: ({ passed, failed }, format) =>
      failed === 0
        ? format.count(passed, { one: 'vérification réussie', other: 'vérifications réussies' })
        : `${format.count(failed, { one: 'vérification échouée', other: 'vérifications échouées' })} sur ${format.number(passed + failed)}`,
    en: ({ passed, failed }, format) =>
      failed === 0
        ? format.count(passed, { one: 'check passed', other: 'checks passed' })
        : `${format.number(failed)} of ${format.count(passed + failed, { one: 'check', other: 'checks' })} failed`,
  }),
  largest: phrase<{ difference: number; tolerance: number }>({
    fr: ({ difference, tolerance }, format) =>
      `plus grand écart ${format.percent(difference)}, toléré ${format.percent(tolerance)}`,
    en: ({ difference, tolerance }, format) =>
      `largest difference ${format.percent(difference)}, tolerated ${format.percent(tolerance)}`,
  }),
  check: { fr: 'Vérification', en: 'Check' },
  subject: { fr: 'Objet', en: 'Subject' },
  difference: { fr: 'Écart', en: 'Difference' },
  tolerance: { fr: 'Toléré', en: 'Tolerated' },
  result: { fr: 'Résultat', en: 'Result' },
  passed: { fr: 'réussie', en: 'passed' },
  notPassed: { fr: 'échouée', en: 'failed' },
  notes: { fr: 'À savoir', en: 'Good to know' },
  /** Read aloud. */
  announce: phrase<{ name: string; what: string }>({
    fr: ({ name, what }) => `${name} : ${what}`,
    en: ({ name, what }) => `${name}: ${what}`,
  }),
  doneNotice: phrase<{ name: string; kind: JobRequest['kind'] }>({
    fr: ({ name, kind }) => (kind === 'verify' ? `« ${name} » est intact.` : `« ${name} » est prêt.`),
    en: ({ name, kind }) => (kind === 'verify' ? `“${name}” is intact.` : `“${name}” is ready.`),
  }),
  failedNotice: phrase<{ name: string; reason: string }>({
    fr: ({ name, reason }) => `« ${name} » : ${reason}`,
    en: ({ name, reason }) => `“${name}”: ${reason}`,
  }),
  show: { fr: 'Voir', en: 'Show' },
  showTask: { fr: 'Voir la tâche', en: 'Show the task' },
  /** In the status bar. */
  running: phrase<{ step: string; percent: string | null }>({
    fr: ({ step, percent }) => (percent === null ? step : `${step} ${percent}`),
    en: ({ step, percent }) => (percent === null ? step : `${step} ${percent}`),
  }),
};
