/**
 * Every store of the renderer, constructed here and nowhere else. Stores do not import each other: where one has to know
 * something of another, this file hands it a function.
 */
import { tick } from 'svelte';
import type { Message } from '../../main/contract/chat.ts';
import type { ModelJob } from '../../main/contract/model-jobs.ts';
import { ContextPreview } from '../chat/context-preview.svelte.ts';
import { Conversations } from '../chat/conversations.svelte.ts';
import { Drafts } from '../chat/drafts.svelte.ts';
import { MessageTokens } from '../chat/message-tokens.svelte.ts';
import { SideBySide } from '../chat/side-by-side/side-by-side.svelte.ts';
import { ConversationOptionsState } from '../chat/options/conversation-options.svelte.ts';
import { PromptTemplates } from '../chat/templates/prompt-templates.svelte.ts';
import { TokenCounts } from '../chat/token-counts.svelte.ts';
import { Thread } from '../chat/thread.svelte.ts';
import { Transfer } from '../chat/transfer.svelte.ts';
import { AnswerAnnouncer } from '../chat/thread/answer-announcer.svelte.ts';
import { MessageActions } from '../chat/thread/message-actions.svelte.ts';
import type { Connection } from '../connection/connection.ts';
import { DatasetFind } from '../dataset/find/dataset-find.svelte.ts';
import { DatasetState } from '../dataset/dataset-state.svelte.ts';
import type { Host } from '../host.ts';
import { historyTexts } from '../i18n/history.ts';
import { I18n } from '../i18n/i18n.svelte.ts';
import { sendTexts } from '../i18n/dataset-find.ts';
import { chatTexts } from '../i18n/chat.ts';
import { notificationTexts } from '../i18n/notifications.ts';
import { messageTexts } from '../i18n/messages.ts';
import { jobTexts } from '../i18n/model-jobs.ts';
import { uiTexts } from '../i18n/ui.ts';
import { Catalogue } from '../models/catalogue.svelte.ts';
import { EngineWatch } from '../models/engine-watch.svelte.ts';
import { FamilyState } from '../models/family/family-state.svelte.ts';
import { jobName } from '../models/jobs/job-figures.ts';
import { jobNotice } from '../models/jobs/job-notice.ts';
import { ModelJobs } from '../models/jobs/model-jobs.svelte.ts';
import { RepositoryLookup } from '../models/other/repository-lookup.svelte.ts';
import type { Client } from '../rpc.ts';
import { AppState } from '../settings/app-state.svelte.ts';
import { SettingsState } from '../settings/settings-state.svelte.ts';
import { CompareState } from '../tokens/compare/compare-state.svelte.ts';
import { InsideState } from '../tokens/inside/inside-state.svelte.ts';
import { ReaderState } from '../tokens/reader/reader-state.svelte.ts';
import { TextScores } from '../tokens/reader/text-scores.svelte.ts';
import { TemplateLens } from '../tokens/template/template-lens.svelte.ts';
import { TokenisedText } from '../tokens/tokenised-text.svelte.ts';
import { TokenDetails } from '../tokens/vocabulary/token-details.svelte.ts';
import { VocabularyState } from '../tokens/vocabulary/vocabulary-state.svelte.ts';
import { saveFile } from '../ui/save-file.ts';
import { AnswerNews } from './answer-news.svelte.ts';
import { FocusPlaces, type FocusPlace } from './focus-places.ts';
import { LinkState } from './link-state.svelte.ts';
import { Navigation, type Pane } from './navigation.svelte.ts';
import { pageAttention } from './page-attention.ts';
import { Notices } from './notices.svelte.ts';
import { Commands } from './palette/commands.svelte.ts';
import { Palette } from './palette/palette.svelte.ts';

export class Workbench {
  readonly connection: Connection;
  readonly host: Host;
  readonly client: Client;
  readonly navigation = new Navigation();
  readonly notices = new Notices();
  readonly places = new FocusPlaces();
  readonly commands = new Commands(localStorage);
  readonly drafts: Drafts;
  readonly link: LinkState;
  readonly settings: SettingsState;
  readonly i18n: I18n;
  readonly app: AppState;
  readonly engine: EngineWatch;
  readonly catalogue: Catalogue;
  readonly family: FamilyState;
  readonly jobs: ModelJobs;
  readonly lookup: RepositoryLookup;
  readonly conversations: Conversations;
  readonly transfer: Transfer;
  readonly thread: Thread;
  readonly messageTokens: MessageTokens;
  readonly messageActions: MessageActions;
  readonly announcer = new AnswerAnnouncer();
  readonly preview: ContextPreview;
  readonly sideBySide: SideBySide;
  readonly options: ConversationOptionsState;
  readonly templates: PromptTemplates;
  readonly tokenCounts: TokenCounts;
  readonly tokens: TokenisedText;
  readonly vocabulary: VocabularyState;
  readonly tokenDetails: TokenDetails;
  readonly compare: CompareState;
  readonly inside: InsideState;
  readonly scores: TextScores;
  readonly reader: ReaderState;
  readonly templateLens: TemplateLens;
  readonly dataset: DatasetState;
  readonly find: DatasetFind;
  readonly palette: Palette;
  readonly answers: AnswerNews;
  #helpIsShown = $state(false);

  constructor(connection: Connection, host: Host) {
    this.connection = connection;
    this.host = host;
    this.client = connection.client;
    this.palette = new Palette(connection, this.commands);
    this.link = new LinkState(connection);
    this.settings = new SettingsState(connection);
    this.i18n = new I18n(() => this.settings.current?.language ?? 'system');
    this.app = new AppState(connection);
    this.engine = new EngineWatch(connection, () => {
      this.tokens.modelChanged();
      this.compare.modelChanged();
      this.tokenCounts.modelChanged();
    });
    this.catalogue = new Catalogue(connection, () => void this.family.refresh());
    this.family = new FamilyState(connection);
    this.jobs = new ModelJobs(connection, (job) => this.#jobEnded(job));
    this.lookup = new RepositoryLookup(connection);
    this.conversations = new Conversations(connection, localStorage);
    this.messageTokens = new MessageTokens(connection);
    this.preview = new ContextPreview(connection);
    this.sideBySide = new SideBySide(connection, sessionStorage);
    this.drafts = new Drafts(connection);
    this.templates = new PromptTemplates(connection);
    this.tokenCounts = new TokenCounts(connection);
    this.options = new ConversationOptionsState(
      connection,
      {
        conversation: () => this.thread.conversation,
        conversationId: () => this.thread.id,
        defaults: () => this.settings.current?.sampling,
        presets: () => this.settings.current?.samplingPresets ?? [],
      },
      sessionStorage,
    );
    this.tokens = new TokenisedText(connection);
    const pathForFile: Host['pathForFile'] = (file, signal) => host.pathForFile(file, signal);
    this.vocabulary = new VocabularyState(connection, () => this.tokens.source);
    this.tokenDetails = new TokenDetails(connection, () => this.tokens.source);
    this.compare = new CompareState(connection, pathForFile, sessionStorage);
    this.inside = new InsideState(connection, () => ({ text: this.tokens.text, model: this.engine.modelPath }));
    this.scores = new TextScores(connection);
    this.reader = new ReaderState(this.tokens, this.scores.scoreOf);
    this.templateLens = new TemplateLens(connection);
    this.dataset = new DatasetState(connection, pathForFile, sessionStorage);
    this.transfer = new Transfer(connection, pathForFile, {
      exported: ({ name, content, mediaType, conversationCount: count }) => {
        saveFile(name, content, mediaType);
        this.notices.show({ text: this.i18n.t(historyTexts.exported, { count, fileName: name }) });
      },
      imported: () => void this.conversations.refresh(),
    });
    this.find = new DatasetFind(connection, {
      dataset: () => this.dataset.view?.dataset ?? null,
      show: ({ row, column }, { start, length }) => this.dataset.view?.selectPlace(row, column, start + length),
    });
    const { t } = this.i18n;
    const words = (isBroken: boolean) => t(isBroken ? notificationTexts.broken : notificationTexts.ended);
    this.answers = new AnswerNews(connection, {
      attention: pageAttention(connection.client, words, () => t(chatTexts.untitled)),
      isWanted: () => this.settings.current?.notifyAnswers ?? false,
      open: (conversationId) => this.openConversation(conversationId),
    });
    this.messageActions = new MessageActions(connection, {
      conversationId: () => this.thread.id,
      removed: (message) => this.#messageRemoved(message),
    });
    this.thread = new Thread(connection, {
      newOptions: () => this.options.fresh,
      beforeSend: () => this.options.flush(),
      created: (conversationId) => {
        this.options.begun();
        this.navigation.openConversation(conversationId);
      },
      changed: () => void this.conversations.refresh(),
      answered: (message) => this.messageTokens.keep(message),
    });
  }

  /** Connects, and reads what every pane needs at each new connection. */
  start(signal: AbortSignal = new AbortController().signal): void {
    const fragment = location.hash;
    this.connection.onState((state) => {
      if (state !== 'open') return;
      void this.app.load();
      void this.catalogue.refresh();
      void this.family.refresh();
      void this.conversations.refresh();
      void this.drafts.open(null);
      if (this.thread.id !== null) void this.drafts.open(this.thread.id);
    });
    // The page may be closed at any time; once it is hidden, nothing more may be told.
    addEventListener('pagehide', () => this.#storeWritten(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.#storeWritten(), { signal });
    this.navigation.restore(fragment);
    this.thread.open(this.navigation.conversationId);
    void this.connection.run(signal);
    void this.settings.run(signal);
    void this.engine.run(signal);
    void this.answers.run(signal);
    void this.jobs.run(signal);
  }

  /** Shows a conversation, with one of its messages in view where one is named; `null` begins a new one. */
  openConversation(conversationId: string | null, messageId: string | null = null): void {
    this.#storeWritten();
    this.messageActions.endEdit();
    this.messageActions.dismissError();
    this.thread.open(conversationId, messageId);
    void this.drafts.open(conversationId);
    this.navigation.openConversation(conversationId);
  }

  /** The same prompt to several models or settings; `prompt` replaces the one that is there. */
  showSideBySide(prompt?: string): void {
    if (prompt !== undefined) {
      this.sideBySide.open(null);
      this.sideBySide.wished.write(prompt);
    }
    this.navigation.showSideBySide();
  }

  #storeWritten(): void {
    this.drafts.flush();
    void this.options.flush();
  }

  /** The list of keys, over the pane. */
  get helpIsShown(): boolean {
    return this.#helpIsShown;
  }

  showHelp(isShown: boolean): void {
    this.#helpIsShown = isShown;
  }

  /** Shows a pane and leads the keyboard to a place in it. */
  async goTo(pane: Pane, place: FocusPlace): Promise<void> {
    // The composer is that of a conversation, which answers side by side stand in front of.
    if (place === 'composer' && this.navigation.isSideBySide) this.navigation.openConversation(this.thread.id);
    else this.navigation.show(pane);
    await tick();
    this.places.focus(place);
  }

  /** To the field that searches what is on the screen: the dataset in the Data pane, else the conversations. */
  search(): Promise<void> {
    return this.navigation.pane === 'data'
      ? this.goTo('data', 'dataset-find')
      : this.goTo('chat', 'conversation-search');
  }

  /** The conversation `step` further down in the list; from a new one, the first. */
  openNeighbour(step: 1 | -1): void {
    const ids = this.conversations.shown?.map(({ id }) => id) ?? [];
    const here = ids.indexOf(this.thread.id ?? '');
    const next = ids[here === -1 ? 0 : here + step];
    if (next !== undefined) this.openConversation(next);
  }

  /** A text from elsewhere for a new conversation. What is written there already stays; what is added can be taken back. */
  sendToChat({ name, text }: { name: string; text: string }): void {
    const before = this.drafts.of(null);
    this.drafts.write(null, before.trim() === '' ? text : `${before.trimEnd()}\n\n${text}`);
    this.openConversation(null);
    void this.goTo('chat', 'composer');
    this.notices.show({
      text: this.i18n.t(sendTexts.added, { name }),
      command: { label: this.i18n.t(uiTexts.undo), run: () => this.#takeBack(text, before) },
    });
  }

  /** What was written since stays. */
  #takeBack(added: string, before: string): void {
    const now = this.drafts.of(null);
    this.drafts.write(null, now.endsWith(added) ? before : now.replace(added, () => ''));
  }

  /** A text to be taken apart in the Tokens pane; the one that was there can be brought back. */
  sendToTokens(text: string): void {
    const before = this.tokens.text;
    this.tokens.write(text);
    this.navigation.showTokenView('reader');
    if (before === '' || before === text) return;
    this.notices.show({
      text: this.i18n.t(sendTexts.replaced),
      command: { label: this.i18n.t(uiTexts.undo), run: () => this.tokens.write(before) },
    });
  }

  /** Looks for a text in the dataset that is open; without one, the pane asks for one and keeps the text. */
  findInDataset(text: string): void {
    this.navigation.show('data');
    this.find.ask(text);
  }

  #messageRemoved(message: Message): void {
    this.notices.show({
      text: this.i18n.t(messageTexts.removed),
      command: { label: this.i18n.t(uiTexts.undo), run: () => void this.messageActions.restore(message) },
    });
  }

  #jobEnded(job: ModelJob): void {
    void this.catalogue.refresh();
    void this.family.refresh();
    if (this.navigation.pane === 'models') return;
    const text = jobNotice(job, jobName(job, this.catalogue.models), this.i18n);
    this.notices.show({
      text,
      command: { label: this.i18n.t(jobTexts.show), run: () => this.navigation.show('models') },
    });
  }
}
