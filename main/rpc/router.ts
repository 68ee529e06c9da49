/** The contract's procedures, each handed to its service; no logic lives here. */
import { implement } from '@orpc/server';
import { contract, type AppInfo } from '../contract/index.ts';
import type { AnswerEnds, ChatService, DraftStore, HistoryService, PromptTemplateStore } from '../chat/index.ts';
import type { DatasetService } from '../dataset/index.ts';
import {
  checkGrammar,
  describeFamily,
  inspectAttention,
  inspectLens,
  inspectRepository,
  nearestTokens,
  scoreText,
  type ModelJobs,
  type ModelService,
} from '../models/index.ts';
import type { SettingsService } from '../settings/index.ts';
import type { SideBySideService } from '../side-by-side/index.ts';
import type { ComparisonService, TokenService } from '../tokens/index.ts';

export interface Services {
  info: AppInfo;
  chat: ChatService;
  answerEnds: AnswerEnds;
  history: HistoryService;
  dataset: DatasetService;
  models: ModelService;
  jobs: ModelJobs;
  /** Where models of the hub are put. */
  modelsFolder: string;
  settings: SettingsService;
  drafts: DraftStore;
  templates: PromptTemplateStore;
  sideBySide: SideBySideService;
  tokens: TokenService;
  comparison: ComparisonService;
}

export function createRouter(services: Services) {
  const { drafts, templates } = services;
  const { info, chat, answerEnds, history, dataset, models, jobs, modelsFolder } = services;
  const { settings, sideBySide, tokens, comparison } = services;
  const os = implement(contract);
  return os.router({
    app: { info: os.app.info.handler(() => info), showWindow: os.app.showWindow.handler(() => undefined) },
    chat: {
      list: os.chat.list.handler(() => chat.list()),
      create: os.chat.create.handler(({ input }) => chat.create(input.title, input.options)),
      get: os.chat.get.handler(({ input }) => chat.get(input.conversationId)),
      rename: os.chat.rename.handler(({ input }) => chat.rename(input.conversationId, input.title)),
      remove: os.chat.remove.handler(({ input }) => chat.remove(input.conversationId)),
      configure: os.chat.configure.handler(({ input }) => chat.configure(input.conversationId, input.options)),
      send: os.chat.send.handler(({ input }) => chat.send(input.conversationId, input)),
      answer: os.chat.answer.handler(({ input }) => chat.answer(input.conversationId, input)),
      edit: os.chat.edit.handler(({ input: { conversationId, messageId, text, attachments } }) => ({
        messageId: chat.edit(conversationId, messageId, text, attachments),
      })),
      show: os.chat.show.handler(({ input }) => chat.show(input.conversationId, input.messageId)),
      removeMessage: os.chat.removeMessage.handler(({ input }) =>
        chat.removeMessage(input.conversationId, input.messageId),
      ),
      restoreMessage: os.chat.restoreMessage.handler(({ input }) =>
        chat.restoreMessage(input.conversationId, input.messageId),
      ),
      plan: os.chat.plan.handler(({ input }) => chat.plan(input.conversationId, input)),
      tokens: os.chat.tokens.handler(({ input }) => chat.tokens(input.messageId)),
      receipt: os.chat.receipt.handler(({ input }) => chat.receipt(input.messageId)),
      stop: os.chat.stop.handler(({ input }) => chat.stop(input.conversationId)),
      answers: os.chat.answers.handler(({ signal }) => answerEnds.watch(signal)),
      watch: os.chat.watch.handler(({ input, signal }) => chat.watch(input.conversationId, signal)),
      history: {
        search: os.chat.history.search.handler(({ input }) => history.search(input.text, input.limit)),
        folders: os.chat.history.folders.handler(() => history.folders.list()),
        createFolder: os.chat.history.createFolder.handler(({ input }) => history.folders.create(input.name)),
        renameFolder: os.chat.history.renameFolder.handler(({ input }) =>
          history.folders.rename(input.folderId, input.name),
        ),
        removeFolder: os.chat.history.removeFolder.handler(({ input }) => history.folders.remove(input.folderId)),
        move: os.chat.history.move.handler(({ input }) => history.folders.move(input.conversationId, input.folderId)),
        pin: os.chat.history.pin.handler(({ input }) => history.folders.pin(input.conversationId, input.isPinned)),
        copy: os.chat.history.copy.handler(({ input }) => history.copy(input.conversationId)),
        suggestTitle: os.chat.history.suggestTitle.handler(({ input, signal = new AbortController().signal }) =>
          history.suggestTitle(input.conversationId, signal),
        ),
        export: os.chat.history.export.handler(({ input, signal }) => history.export(input, signal)),
        import: os.chat.history.import.handler(({ input, signal }) => history.import(input.path, signal)),
      },
    },
    dataset: {
      open: os.dataset.open.handler(({ input, signal }) => dataset.open(input, signal)),
      close: os.dataset.close.handler(({ input }) => dataset.close(input)),
      page: os.dataset.page.handler(({ input, signal }) => dataset.page(input, signal)),
      document: os.dataset.document.handler(({ input, signal }) => dataset.document(input, signal)),
      slice: os.dataset.slice.handler(({ input, signal }) => dataset.slice(input, signal)),
      find: os.dataset.find.handler(({ input, signal }) => dataset.find(input, signal)),
      recent: os.dataset.recent.handler(() => dataset.recent()),
    },
    drafts: {
      read: os.drafts.read.handler(({ input }) => drafts.read(input.conversationId)),
      write: os.drafts.write.handler(({ input }) => drafts.write(input.conversationId, input)),
    },
    models: {
      checkGrammar: os.models.checkGrammar.handler(({ input }) => checkGrammar(models, input.grammar)),
      list: os.models.list.handler(() => models.list()),
      load: os.models.load.handler(({ input }) => models.load(input.id)),
      unload: os.models.unload.handler(() => models.unload()),
      remove: os.models.remove.handler(({ input }) => models.remove(input.id)),
      status: os.models.status.handler(() => models.status()),
      watch: os.models.watch.handler(({ signal }) => models.watch(signal)),
      family: os.models.family.handler(() => describeFamily(modelsFolder)),
      inspect: os.models.inspect.handler(({ input, signal = new AbortController().signal }) =>
        inspectRepository({ ...input, modelsFolder, signal }),
      ),
      jobs: {
        watch: os.models.jobs.watch.handler(({ signal }) => jobs.watch(signal)),
        start: os.models.jobs.start.handler(({ input }) => jobs.start(input)),
        pause: os.models.jobs.pause.handler(({ input }) => jobs.pause(input.jobId)),
        resume: os.models.jobs.resume.handler(({ input }) => jobs.resume(input.jobId)),
        dismiss: os.models.jobs.dismiss.handler(({ input }) => jobs.dismiss(input.jobId)),
      },
    },
    promptTemplates: {
      list: os.promptTemplates.list.handler(() => templates.list()),
      save: os.promptTemplates.save.handler(({ input }) => templates.save(input)),
      remove: os.promptTemplates.remove.handler(({ input }) => templates.remove(input.id)),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      update: os.settings.update.handler(({ input }) => settings.update(input)),
      watch: os.settings.watch.handler(({ signal }) => settings.watch(signal)),
    },
    sideBySide: {
      start: os.sideBySide.start.handler(({ input }) => sideBySide.start(input)),
      watch: os.sideBySide.watch.handler(({ input, signal }) => sideBySide.watch(input.runId, signal)),
      stop: os.sideBySide.stop.handler(({ input }) => sideBySide.stop(input.runId)),
      list: os.sideBySide.list.handler(() => sideBySide.list()),
      get: os.sideBySide.get.handler(({ input }) => sideBySide.get(input.runId)),
      remove: os.sideBySide.remove.handler(({ input }) => sideBySide.remove(input.runId)),
      receipt: os.sideBySide.receipt.handler(({ input }) => sideBySide.receipt(input.runId, input.position)),
      export: os.sideBySide.export.handler(({ input }) =>
        sideBySide.export(input.runId, input.format, input.reference),
      ),
    },
    tokens: {
      encode: os.tokens.encode.handler(({ input, signal }) => tokens.encode(input, signal)),
      vocabulary: os.tokens.vocabulary.handler(({ input, signal }) => tokens.vocabulary(input, signal)),
      vocabularyEntry: os.tokens.vocabularyEntry.handler(({ input }) => tokens.vocabularyEntry(input)),
      attention: os.tokens.attention.handler(({ input, signal }) => inspectAttention(models, input, signal)),
      lens: os.tokens.lens.handler(({ input, signal }) => inspectLens(models, input, signal)),
      neighbours: os.tokens.neighbours.handler(({ input, signal }) => nearestTokens(models, input, signal)),
      explain: os.tokens.explain.handler(({ input, signal }) => tokens.explain(input, signal)),
      template: os.tokens.template.handler(({ input, signal }) => tokens.template(input.tokenizer, signal)),
      renderTemplate: os.tokens.renderTemplate.handler(({ input, signal }) => tokens.renderTemplate(input, signal)),
      merges: os.tokens.merges.handler(({ input, signal }) => tokens.merges(input, signal)),
      describe: os.tokens.describe.handler(({ input, signal }) => tokens.describe(input.tokenizer, signal)),
      compare: os.tokens.compare.handler(({ input, signal }) => comparison.compare(input, signal)),
      compareFiles: os.tokens.compareFiles.handler(({ input, signal }) => comparison.compareFiles(input, signal)),
      textsAfter: os.tokens.textsAfter.handler(({ input }) => tokens.textsAfter(input)),
      score: os.tokens.score.handler(({ input, signal }) => scoreText(models, input, signal)),
    },
  });
}
export type WorkbenchRouter = ReturnType<typeof createRouter>;
