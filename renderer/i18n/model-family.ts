/**
 * The Lucie family in plain words. Facts: the cards of the repositories OpenLLM-France/Lucie-7B… on the hub, and the training
 * mixes and logs of github.com/OpenLLM-France/Lucie-Training.
 */
import type { FamilyMemberId, FamilyRevision } from '../../main/contract/model-family.ts';
import { phrase, type Phrase } from './phrase.ts';

export interface MemberText {
  /** What one would call it. */
  name: Phrase;
  /** A word or two beside the name. */
  mark: Phrase;
  /** What it is for, and what it is not. */
  text: Phrase;
}

export const memberTexts: Record<FamilyMemberId, MemberText> = {
  'instruct-v1.1': {
    name: { fr: 'Lucie 7B Instruct v1.1', en: 'Lucie 7B Instruct v1.1' },
    mark: { fr: 'conseillé pour discuter', en: 'recommended for talking' },
    text: {
      fr: 'Répond à des questions et suit des consignes, en français et en anglais surtout. Dans un texte long, retrouver une information fonctionne jusqu’à environ 22 000 tokens, d’après sa carte.',
      en: 'Answers questions and follows instructions, in French and English above all. Finding a piece of information in a long text works up to about 22,000 tokens, according to its card.',
    },
  },
  'instruct-human-data': {
    name: { fr: 'Lucie 7B Instruct human-data', en: 'Lucie 7B Instruct human-data' },
    mark: { fr: 'pour comparer', en: 'for comparison' },
    text: {
      fr: 'Le même modèle de base, affiné en 208 pas sur des exemples écrits par des personnes (Flan, Dolly, OASST…) plutôt que par d’autres modèles.',
      en: 'The same base model, tuned in 208 steps on examples written by people (Flan, Dolly, OASST…) rather than by other models.',
    },
  },
  'instruct-v1': {
    name: { fr: 'Lucie 7B Instruct', en: 'Lucie 7B Instruct' },
    mark: { fr: 'remplacé par v1.1', en: 'replaced by v1.1' },
    text: {
      fr: 'La première version pour discuter, de janvier 2025. Utile pour reproduire des résultats d’alors ; sinon prenez la v1.1.',
      en: 'The first version for talking, of January 2025. Useful to reproduce results of that time; otherwise take v1.1.',
    },
  },
  base: {
    name: { fr: 'Lucie 7B', en: 'Lucie 7B' },
    mark: { fr: 'modèle de base', en: 'base model' },
    text: {
      fr: 'Continue un texte et ne dialogue pas. La fin de l’entraînement : 3 100 milliards de tokens, extension du contexte, puis recuit sur des données choisies.',
      en: 'Continues a text and does not talk. The end of the training: 3.1 trillion tokens, extension of the context, then annealing on chosen data.',
    },
  },
  checkpoints: {
    name: { fr: 'Lucie 7B, étapes de l’entraînement', en: 'Lucie 7B, training checkpoints' },
    mark: { fr: 'pour la recherche', en: 'for research' },
    text: {
      fr: 'Le modèle de base tel qu’il était en chemin : 35 étapes de la phase principale (contexte de 4 096 tokens) et 5 de l’extension du contexte (32 000).',
      en: 'The base model as it was on its way: 35 checkpoints of the main phase (a context of 4,096 tokens) and 5 of the context extension (32,000).',
    },
  },
};

const phases: Record<FamilyRevision['phase'], Phrase> = {
  main: { fr: 'Phase principale', en: 'Main phase' },
  extension: { fr: 'Extension du contexte', en: 'Context extension' },
  annealing: { fr: 'Recuit', en: 'Annealing' },
  instruct: { fr: 'Affinage', en: 'Instruction tuning' },
};

export const familyTexts = {
  title: { fr: 'La famille Lucie', en: 'The Lucie family' },
  phases,
  machine: phrase<{ freeBytes: number; memoryBytes: number }>({
    fr: ({ freeBytes, memoryBytes }, format) =>
      `Cette machine a ${format.bytes(freeBytes)} libres sur le disque et ${format.bytes(memoryBytes)} de mémoire. Les poids publiés sont convertis à mesure qu’ils arrivent, sans être stockés.`,
    en: ({ freeBytes, memoryBytes }, format) =>
      `This machine has ${format.bytes(freeBytes)} free on the disk and ${format.bytes(memoryBytes)} of memory. The published weights are converted as they arrive, without being stored.`,
  }),
  licenceTitle: { fr: 'Licence et usage', en: 'Licence and use' },
  licence: {
    fr: 'Poids sous licence Apache-2.0. La carte de Lucie-7B demande de s’en tenir à un usage non commercial tant que la discussion avec le titulaire des droits d’un sous-corpus (Persée) n’est pas close. Données d’entraînement : CC BY-NC-SA 4.0.',
    en: 'Weights under the Apache-2.0 licence. The card of Lucie-7B asks that usage be limited to non-commercial purposes while the discussion with the copyright holder of one sub-corpus (Persée) is going on. Training data: CC BY-NC-SA 4.0.',
  },
  context: { fr: 'Contexte', en: 'Context' },
  parameters: { fr: 'Paramètres', en: 'Parameters' },
  licenceFact: { fr: 'Licence', en: 'Licence' },
  licenceNote: { fr: 'et une demande, ci-dessous', en: 'and a request, below' },
  download: { fr: 'À télécharger', en: 'To download' },
  disk: { fr: 'Sur le disque', en: 'On the disk' },
  diskNote: phrase<{ target: string }>({
    fr: ({ target }) => `converti pour ${target}`,
    en: ({ target }) => `converted for ${target}`,
  }),
  diskNoteKept: { fr: 'poids publiés compris', en: 'with the published weights' },
  memory: { fr: 'En mémoire', en: 'In memory' },
  memoryNote: phrase<{ tokens: number; fullBytes: number; fullTokens: number }>({
    fr: ({ tokens, fullBytes, fullTokens }, format) =>
      fullTokens <= tokens
        ? `à ${format.number(tokens)} tokens`
        : `à ${format.number(tokens)} tokens ; ${format.bytes(fullBytes)} à ${format.number(fullTokens)}`,
    en: ({ tokens, fullBytes, fullTokens }, format) =>
      fullTokens <= tokens
        ? `at ${format.number(tokens)} tokens`
        : `at ${format.number(tokens)} tokens; ${format.bytes(fullBytes)} at ${format.number(fullTokens)}`,
  }),
  get: { fr: 'Télécharger et convertir', en: 'Get and convert' },
  getOnnx: { fr: 'Télécharger', en: 'Get' },
  starting: { fr: 'Lancement…', en: 'Starting…' },
  options: { fr: 'Options', en: 'Options' },
  target: { fr: 'Préparer pour', en: 'Prepare for' },
  suggested: phrase<{ target: string }>({
    fr: ({ target }) => `${target} (conseillé)`,
    en: ({ target }) => `${target} (suggested)`,
  }),
  cpuOnly: {
    fr: 'Cette version ne fait tourner les modèles que sur le CPU ; les fichiers pour GPU servent à d’autres logiciels, ou plus tard.',
    en: 'This version runs models on the CPU only; files for a GPU are for other programs, or for later.',
  },
  gpuOnly: {
    fr: 'Préparé pour le GPU seul, ce modèle ne pourra pas être chargé par cette version, qui ne calcule que sur le CPU.',
    en: 'Prepared for a GPU alone, this model cannot be loaded by this version, which runs models on the CPU only.',
  },
  keepSource: { fr: 'Garder les poids publiés', en: 'Keep the published weights' },
  keepSourceNote: phrase<{ bytes: number }>({
    fr: ({ bytes }, format) => `${format.bytes(bytes)} de plus, pour les convertir de nouveau sans téléchargement`,
    en: ({ bytes }, format) => `${format.bytes(bytes)} more, to convert them again without a download`,
  }),
  checkpoint: { fr: 'Étape', en: 'Checkpoint' },
  checkpointGroup: phrase<{ phase: string; tokens: number }>({
    fr: ({ phase, tokens }, format) => `${phase}, contexte de ${format.number(tokens)} tokens`,
    en: ({ phase, tokens }, format) => `${phase}, context of ${format.number(tokens)} tokens`,
  }),
  checkpointName: phrase<{ steps: number | null; name: string }>({
    fr: ({ steps, name }, format) => (steps === null ? name : `${format.number(steps)} pas (${name})`),
    en: ({ steps, name }, format) => (steps === null ? name : `${format.number(steps)} steps (${name})`),
  }),
  present: { fr: 'sur cette machine', en: 'on this machine' },
  diskShort: phrase<{ needed: number; free: number }>({
    fr: ({ needed, free }, format) =>
      `Le disque est trop petit : il faut ${format.bytes(needed)}, il reste ${format.bytes(free)}.`,
    en: ({ needed, free }, format) =>
      `The disk is too small: ${format.bytes(needed)} are needed, ${format.bytes(free)} are free.`,
  }),
  memoryShort: phrase<{ needed: number; memory: number }>({
    fr: ({ needed, memory }, format) =>
      `La mémoire ne suffira pas : il en faut ${format.bytes(needed)} en plus du système, cette machine en a ${format.bytes(memory)} en tout.`,
    en: ({ needed, memory }, format) =>
      `The memory will not do: ${format.bytes(needed)} are needed besides the system, this machine has ${format.bytes(memory)} in all.`,
  }),
  contextShort: phrase<{ tokens: number }>({
    fr: ({ tokens }, format) =>
      `La mémoire de cette machine suffit pour environ ${format.number(tokens)} tokens de contexte.`,
    en: ({ tokens }, format) =>
      `The memory of this machine is enough for about ${format.number(tokens)} tokens of context.`,
  }),
};

export const otherModelTexts = {
  title: { fr: 'Un autre modèle', en: 'Another model' },
  hub: { fr: 'Sur le hub Hugging Face', en: 'On the Hugging Face hub' },
  hubNote: {
    fr: 'Un Llama publié en safetensors, ou un modèle déjà en ONNX. Chercher ne télécharge que la liste des fichiers et la configuration.',
    en: 'A Llama published as safetensors, or a model that is ONNX already. Looking up downloads the list of files and the configuration only.',
  },
  reference: { fr: 'Dépôt, avec ou sans révision', en: 'Repository, with or without a revision' },
  referenceExample: { fr: 'propriétaire/nom@révision', en: 'owner/name@revision' },
  lookUp: { fr: 'Chercher', en: 'Look up' },
  lookingUp: { fr: 'Recherche…', en: 'Looking up…' },
  found: phrase<{ repository: string }>({
    fr: ({ repository }) => `Trouvé : ${repository}`,
    en: ({ repository }) => `Found: ${repository}`,
  }),
  form: { fr: 'Forme', en: 'Form' },
  onnx: { fr: 'ONNX, pris tel quel', en: 'ONNX, taken as it is' },
  safetensors: { fr: 'safetensors, à convertir', en: 'safetensors, to be converted' },
  files: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, { one: 'fichier', other: 'fichiers' }),
    en: ({ count }, format) => format.count(count, { one: 'file', other: 'files' }),
  }),
  free: { fr: 'Libre sur le disque', en: 'Free on the disk' },
  revision: { fr: 'Révision', en: 'Revision' },
  folder: { fr: 'Dans un dossier de cette machine', en: 'In a folder of this machine' },
  folderNote: {
    fr: 'Le dossier qui contient config.json, tokenizer.json et les fichiers safetensors. Le modèle ONNX y est ajouté.',
    en: 'The folder that holds config.json, tokenizer.json and the safetensors files. The ONNX model is added to it.',
  },
  folderPath: { fr: 'Chemin du dossier à convertir', en: 'Path of the folder to convert' },
  folderExample: { fr: '/chemin/vers/le/modèle', en: '/path/to/the/model' },
  convert: { fr: 'Convertir', en: 'Convert' },
};
