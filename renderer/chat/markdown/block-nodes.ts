/** One block of an answer as nodes: sanitised, then tables in boxes that scroll, links that tell their host, controls made visible. */
import { hasControls, showControls } from './controls.ts';
import { linkAddress, namesOtherHost } from './link-address.ts';
import { isDeeperThan } from './nesting.ts';
import { sanitise } from './sanitise.ts';
import { plainHtml, toHtml } from './to-html.ts';

/** Of lists, quotes and emphasis in one another. */
const MAXIMUM_DEPTH = 100;

/** `tableLabel` is what a screen reader calls the box of a table. */
export function blockNodes(source: string, tableLabel: string): DocumentFragment {
  const formatted = sanitise(toHtml(source));
  const nodes = isDeeperThan(formatted, MAXIMUM_DEPTH) ? sanitise(plainHtml(source)) : formatted;
  for (const table of nodes.querySelectorAll('table')) boxTable(table, tableLabel);
  for (const link of nodes.querySelectorAll('a')) tellHost(link);
  if (hasControls(source) || source.includes('&')) showAllControls(nodes);
  return nodes;
}

function boxTable(table: HTMLTableElement, label: string): void {
  for (const cell of table.querySelectorAll('thead th')) cell.setAttribute('scope', 'col');
  const box = table.ownerDocument.createElement('div');
  box.className = 'table-box';
  // A scrolling region has to be reachable by keyboard.
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', label);
  table.replaceWith(box);
  box.append(table);
}

/** Its title begins with where it leads; the host is also drawn behind a link whose text names another one. */
function tellHost(link: HTMLAnchorElement): void {
  const address = linkAddress(link.getAttribute('href') ?? '');
  if (address === null) return link.removeAttribute('href');
  link.title = showControls([address.host, address.href, link.title].filter((part) => part !== '').join(' · '));
  if (namesOtherHost(link.textContent, address.host)) link.dataset['host'] = address.host;
}

function showAllControls(nodes: DocumentFragment): void {
  const texts = nodes.ownerDocument.createTreeWalker(nodes, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (text.nodeValue !== null && hasControls(text.nodeValue)) text.nodeValue = showControls(text.nodeValue);
  }
}
