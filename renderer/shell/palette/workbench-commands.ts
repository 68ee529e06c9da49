/** The commands that are there in every pane; what belongs to one part of the interface is registered by that part. */
import type { Settings } from '../../../main/contract/settings.ts';
import { chatTexts } from '../../i18n/chat.ts';
import { shortcutTexts } from '../../i18n/keyboard.ts';
import { sideBySideTexts } from '../../i18n/side-by-side.ts';
import { commandTexts } from '../../i18n/palette.ts';
import { languageChoices, themeChoices } from '../../i18n/settings.ts';
import { tokenViews } from '../../tokens/views.ts';
import { panes } from '../navigation.svelte.ts';
import { paneShortcutId, type ShortcutId } from '../shortcuts.ts';
import type { Workbench } from '../workbench.svelte.ts';
import type { Command } from './commands.svelte.ts';

export function workbenchCommands(workbench: Workbench): Command[] {
  return [
    ...conversationCommands(workbench),
    ...placeCommands(workbench),
    ...conversationsByTitle(workbench),
    ...modelCommands(workbench),
    ...settingCommands(workbench),
  ];
}

function conversationCommands(workbench: Workbench): Command[] {
  const { i18n, thread } = workbench;
  const named = (id: ShortcutId, run: () => void): Command => ({
    id,
    title: i18n.t(shortcutTexts[id]),
    group: 'conversation',
    run,
  });
  const stop: Command = {
    id: 'stop',
    title: i18n.t(commandTexts.stop),
    group: 'answer',
    run: () => void thread.stop(),
  };
  return [
    ...(thread.streaming === null ? [] : [stop]),
    named('new-conversation', () => workbench.openConversation(null)),
    {
      id: 'side-by-side',
      title: i18n.t(sideBySideTexts.open),
      group: 'conversation',
      run: () => workbench.showSideBySide(),
    },
    named('focus-composer', () => void workbench.goTo('chat', 'composer')),
    named('search', () => void workbench.search()),
    named('previous-conversation', () => workbench.openNeighbour(-1)),
    named('next-conversation', () => workbench.openNeighbour(1)),
  ];
}

function placeCommands(workbench: Workbench): Command[] {
  const { i18n, navigation, dataset } = workbench;
  const { t } = i18n;
  const recent = (dataset.recent ?? []).filter(({ path }) => path !== dataset.view?.dataset.path);
  return [
    ...panes.map((pane): Command => {
      const id = paneShortcutId(pane);
      return { id, title: t(shortcutTexts[id]), group: 'go', run: () => navigation.show(pane) };
    }),
    ...tokenViews.map((view): Command => {
      const title = t(commandTexts.tokenView, { name: t(view.name) });
      return { id: `tokens-${view.id}`, title, group: 'go', run: () => navigation.showTokenView(view.id) };
    }),
    {
      id: 'open-dataset',
      title: t(commandTexts.openDataset),
      group: 'go',
      run: () => {
        navigation.show('data');
        void dataset.close();
      },
    },
    {
      id: 'find-in-dataset',
      title: t(commandTexts.findInDataset),
      group: 'go',
      run: () => void workbench.goTo('data', 'dataset-find'),
    },
    ...recent.map(({ path, name }): Command => {
      const run = () => {
        navigation.show('data');
        void dataset.open(path);
      };
      return { id: `dataset-${path}`, title: t(commandTexts.openRecent, { name }), group: 'go', detail: path, run };
    }),
    {
      id: 'help',
      title: t(shortcutTexts.help),
      group: 'settings',
      run: () => workbench.showHelp(true),
    },
  ];
}

function conversationsByTitle(workbench: Workbench): Command[] {
  const { i18n, palette } = workbench;
  return palette.conversations.map(({ id, title, updatedAt }) => ({
    id: `conversation-${id}`,
    title: title === '' ? i18n.t(chatTexts.untitled) : title,
    group: 'conversations',
    detail: i18n.format.timeAgo(updatedAt, Date.now()),
    run: () => workbench.openConversation(id),
  }));
}

function modelCommands({ i18n, catalogue, engine }: Workbench): Command[] {
  const { t } = i18n;
  const loaded = engine.status?.model ?? null;
  const others = (catalogue.models ?? []).filter(
    ({ folder, problem, files }) => folder !== loaded?.folder && problem === null && files.length > 0,
  );
  const unload: Command[] =
    loaded === null
      ? []
      : [
          {
            id: 'unload-model',
            title: t(commandTexts.unloadModel, { name: loaded.name }),
            group: 'models',
            run: () => void catalogue.unload(),
          },
        ];
  return [
    ...others.map(({ id, name, folder }): Command => ({
      id: `load-${id}`,
      title: t(commandTexts.loadModel, { name }),
      group: 'models',
      detail: folder,
      run: () => void catalogue.load(id),
    })),
    ...unload,
  ];
}

function settingCommands({ i18n, settings }: Workbench): Command[] {
  const { t } = i18n;
  const current = settings.current;
  const languages = (Object.keys(languageChoices) as Settings['language'][]).filter((one) => one !== current?.language);
  const themes = (Object.keys(themeChoices) as Settings['theme'][]).filter((one) => one !== current?.theme);
  return [
    ...themes.map((theme): Command => ({
      id: `theme-${theme}`,
      title: t(commandTexts.theme, { name: t(themeChoices[theme]) }),
      group: 'settings',
      keywords: t(commandTexts.themeWords),
      run: () => void settings.update({ theme }),
    })),
    ...languages.map((language): Command => ({
      id: `language-${language}`,
      title: t(commandTexts.language, { name: t(languageChoices[language]) }),
      group: 'settings',
      keywords: t(commandTexts.languageWords),
      run: () => void settings.update({ language }),
    })),
  ];
}
