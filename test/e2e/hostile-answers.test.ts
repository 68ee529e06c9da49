/** What a model writes is text: each case of the hostile corpus is shown as an answer, in the window as it is built. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import { hostileMarkdown } from '../fixtures/hostile-markdown.ts';
import { answer, message } from '../fixtures/messages.ts';
import { expectNoOverflow, openConversation, ready } from './actions.ts';
import { newDataFolder, serve, visit } from './browser.ts';

const GROUP = 10;
const groups = Array.from({ length: Math.ceil(hostileMarkdown.length / GROUP) }, (_, index) =>
  hostileMarkdown.slice(index * GROUP, (index + 1) * GROUP),
);

/** Elements of an answer outside its formulas: its text, the boxes that it is shown in, and their buttons. */
const elements =
  'a blockquote br button code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p path pre rect span strong svg table tbody td th thead tr ul';
const attributes = 'align aria-label class data-host href rel role scope start tabindex target title';

function storeCases(dataFolder: string): void {
  const store = new ChatStore(join(dataFolder, 'conversations.sqlite'));
  for (const [group, cases] of groups.entries()) {
    const conversationId = `c${group}`;
    store.create({ id: conversationId, title: `Groupe ${group}.`, createdAt: group });
    let parentId: string | null = null;
    for (const [index, { name, source }] of cases.entries()) {
      const [question, reply] = [`u${group}-${index}`, `a${group}-${index}`];
      // The question holds it too: what a user pastes is text as well.
      const text = `${source}\n\n${mark(group, index)}`;
      store.append(conversationId, [
        message({ id: question, conversationId, parentId, text: `${name}: ${source}` }),
        answer({ id: reply, conversationId, parentId: question, text, status: 'complete' }),
      ]);
      parentId = reply;
    }
  }
  store.close();
}

const mark = (group: number, index: number) => `fin-${group}-${index}-.`;

/** Scrolls through the conversation, whether or not what is out of sight exists. */
async function bringIntoView(page: Page, text: string): Promise<void> {
  const found = page.locator('.markdown').getByText(text).first();
  const scroller = page.getByRole('region', { name: 'Messages', exact: true });
  await scroller.evaluate((region) => (region.scrollTop = 0));
  for (let step = 0; step < 400; step += 1) {
    if (await found.isVisible()) return found.scrollIntoViewIfNeeded();
    await scroller.evaluate((region) => (region.scrollTop += region.clientHeight / 2));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  throw new Error(`${text} is nowhere in the conversation.`);
}

test(`${hostileMarkdown.length} hostile answers: no script, no request, no way out`, async () => {
  const dataFolder = newDataFolder();
  storeCases(dataFolder);
  const { url } = await serve(dataFolder);
  const { page, context, violations, pageErrors } = await visit(url);
  page.setDefaultTimeout(20_000);
  await ready(page);
  const { origin } = new URL(url);
  const asked: string[] = [];
  const events: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  // Opening a conversation changes what stands behind the `#`, and nothing else may change the address.
  page.on('framenavigated', (frame) => {
    if (!new RegExp(`^${origin}/#chat/c\\d+$`).test(frame.url())) events.push(`navigation ${frame.url()}`);
  });
  page.on('popup', (popup) => events.push(`popup ${popup.url()}`));
  page.on('download', (download) => events.push(`download ${download.url()}`));
  page.on('websocket', (socket) => events.push(`socket ${socket.url()}`));

  for (const [group, cases] of groups.entries()) {
    await openConversation(page, new RegExp(`^Groupe ${group}\\.`));
    for (const [index, { name }] of cases.entries()) {
      await bringIntoView(page, mark(group, index));
      expect(await strangers(page), name).toEqual([]);
      expect(await page.evaluate(() => 'hit' in window), name).toBe(false);
    }
    await expectNoOverflow(page);
  }
  // Whatever waits for an idle moment, a font or a timer.
  await page.waitForTimeout(500);
  expect(events).toEqual([]);
  expect(page.url()).toBe(`${origin}/#chat/c${groups.length - 1}`);
  expect(context.pages()).toHaveLength(1);
  expect(
    asked.filter((request) => !new RegExp(`^${origin}/assets/[\\w.-]+\\.(?:js|css|woff2)$`).test(request)),
  ).toEqual([]);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

/** Whatever in the answers is not on the lists, and every link that does not lead to the web or to mail. */
function strangers(page: Page): Promise<string[]> {
  return page.evaluate(
    ([allowedElements, allowedAttributes]) => {
      const found: string[] = [];
      for (const element of document.querySelectorAll('.markdown *')) {
        if (element.closest('.math, .math-display, figcaption button') !== null) continue;
        if (!allowedElements.includes(element.localName)) found.push(element.outerHTML.slice(0, 200));
        for (const name of element.getAttributeNames())
          if (!allowedAttributes.includes(name)) found.push(`${name} on ${element.outerHTML.slice(0, 200)}`);
      }
      for (const element of document.querySelectorAll<HTMLElement>('.markdown :is(.math, .math-display) *')) {
        const text = element.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`);
        const bad = text.filter((value) =>
          /^(?:on|href|src|id|name|xlink|data)|url\(|javascript:|position: ?fixed/i.test(value),
        );
        if (bad.length > 0) found.push(`${element.localName}: ${bad.join(' ')}`);
        if (/^(?:a|img|image|script|style|iframe|use)$/.test(element.localName)) found.push(element.localName);
      }
      for (const link of document.querySelectorAll<HTMLAnchorElement>('article a')) {
        if (!['http:', 'https:', 'mailto:'].includes(link.protocol)) found.push(link.href);
        if (!link.title.startsWith(link.protocol === 'mailto:' ? '' : link.host)) found.push(`title ${link.title}`);
      }
      if (
        /[\u202A-\u202E\u2066-\u2069]/.test(
          [...document.querySelectorAll('.markdown')].map((e) => e.textContent).join(''),
        )
      )
        found.push('a control that reorders text');
      return found;
    },
    [elements.split(' '), attributes.split(' ')] as const,
  );
}
