/** The one contract between the renderer (or any other client) and the main side. */
import { appContract } from './app.ts';
import { chatContract } from './chat.ts';
import { chatAnswersContract } from './chat-answers.ts';
import { chatHistoryContract } from './chat-history.ts';
import { comparisonContract } from './comparison.ts';
import { datasetServiceContract } from './dataset.ts';
import { draftsContract } from './drafts.ts';
import { grammarCheckContract } from './grammar-check.ts';
import { inspectionContract } from './inspection.ts';
import { modelsContract } from './models.ts';
import { pipelineContract } from './pipeline.ts';
import { promptTemplatesContract } from './prompt-templates.ts';
import { scoringContract } from './scoring.ts';
import { settingsContract } from './settings.ts';
import { sideBySideContract } from './side-by-side.ts';
import { templateLensContract } from './template-lens.ts';
import { tokenisationContract } from './tokenisation.ts';
import { vocabularyContract } from './vocabulary.ts';

export const contract = {
  app: appContract,
  chat: { ...chatContract, ...chatAnswersContract, history: chatHistoryContract },
  dataset: datasetServiceContract,
  drafts: draftsContract,
  models: { ...modelsContract, ...grammarCheckContract },
  promptTemplates: promptTemplatesContract,
  settings: settingsContract,
  sideBySide: sideBySideContract,
  tokens: {
    ...tokenisationContract,
    ...comparisonContract,
    ...pipelineContract,
    ...templateLensContract,
    ...scoringContract,
    ...inspectionContract,
    ...vocabularyContract,
  },
};
export type WorkbenchContract = typeof contract;

export * from './app.ts';
export * from './chat.ts';
export * from './chat-answers.ts';
export * from './chat-history.ts';
export * from './comparison.ts';
export * from './context.ts';
export * from './conversation-file.ts';
export * from './conversation-import.ts';
export * from './conversion.ts';
export * from './dataset.ts';
export * from './dataset-find.ts';
export * from './folded-text.ts';
export * from './devices.ts';
export * from './drafts.ts';
export * from './engine.ts';
export * from './errors.ts';
export * from './fingerprint.ts';
export * from './inspection.ts';
export * from './model-family.ts';
export * from './model-jobs.ts';
export * from './models.ts';
export * from './pipeline.ts';
export * from './progress.ts';
export * from './prompt-templates.ts';
export * from './published-fertility.ts';
export * from './receipt.ts';
export * from './sampling-presets.ts';
export * from './sampling.ts';
export * from './scoring.ts';
export * from './settings.ts';
export * from './side-by-side.ts';
export * from './template-lens.ts';
export * from './tokenisation.ts';
export * from './tokens.ts';
export * from './verification.ts';
export * from './vocabulary.ts';
