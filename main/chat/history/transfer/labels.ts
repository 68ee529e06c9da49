/** The few words that an exported text has beside what was said, in the language of the interface. */
export type ExportLanguage = 'fr' | 'en';

export interface ExportLabels {
  language: ExportLanguage;
  untitled: string;
  user: string;
  assistant: string;
  system: string;
  /** What kinds of end other than the usual one are called. */
  status: Record<'stopped' | 'interrupted' | 'failed', string>;
  attachment: (name: string) => string;
  importedFrom: (program: string) => string;
}

export const exportLabels: Record<ExportLanguage, ExportLabels> = {
  fr: {
    language: 'fr',
    untitled: 'Sans titre',
    user: 'Vous',
    assistant: 'Modèle',
    system: 'Système',
    status: { stopped: 'arrêtée', interrupted: 'interrompue', failed: 'échouée' },
    attachment: (name) => `Pièce jointe : ${name}`,
    importedFrom: (program) => `Importée de ${program}`,
  },
  en: {
    language: 'en',
    untitled: 'Untitled',
    user: 'You',
    assistant: 'Model',
    system: 'System',
    status: { stopped: 'stopped', interrupted: 'interrupted', failed: 'failed' },
    attachment: (name) => `Attachment: ${name}`,
    importedFrom: (program) => `Imported from ${program}`,
  },
};

const programs = { chatgpt: 'ChatGPT', 'lm-studio': 'LM Studio' };

export function programName(kind: keyof typeof programs): string {
  return programs[kind];
}
