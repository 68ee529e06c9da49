/**
 * Formulas as nodes, by KaTeX (https://katex.org/docs/options); loaded only when an answer holds one. KaTeX builds nodes itself, so no
 * HTML is parsed, and it is told to trust nothing: no links, images, classes or attributes from a formula. What it built is still held
 * against an allow-list.
 */
import katex from 'katex';
import 'katex/dist/katex.min.css';
import { isDeeperThan } from './nesting.ts';

const KEPT = 400;

/** A fraction in a fraction takes about ten. */
const MAXIMUM_DEPTH = 150;

const attributes = new Set(
  'accent accentunder aria-hidden class columnalign columnlines columnspacing d depth display displaystyle encoding fence frame framespacing height largeop linebreak linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation preserveAspectRatio rowlines rowspacing rspace scriptlevel separator stretchy style symmetric viewBox voffset width x1 x2 xmlns y1 y2'.split(
    ' ',
  ),
);
const elements = new Set(
  'annotation line math menclose mfrac mglyph mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover path semantics span svg'.split(
    ' ',
  ),
);

const built = new Map<string, Node | null>();

/** `null` where KaTeX cannot read the formula, or built something that is not on the list: the source is shown then. */
export function formula(tex: string, display: boolean): Node | null {
  const key = `${display}${tex}`;
  let node = built.get(key);
  if (node === undefined) {
    node = build(tex, display);
    const [oldest] = built.keys();
    if (built.size >= KEPT && oldest !== undefined) built.delete(oldest);
    built.set(key, node);
  }
  return node?.cloneNode(true) ?? null;
}

function build(tex: string, display: boolean): Node | null {
  const holder = document.createElement('span');
  try {
    katex.render(tex, holder, {
      displayMode: display,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 20,
      macros: {},
    });
  } catch {
    // A formula that is not one, or nested so deeply that it ends the stack.
    return null;
  }
  if (isDeeperThan(holder, MAXIMUM_DEPTH)) return null;
  return [...holder.querySelectorAll('*')].every(isAllowed) ? holder.firstChild : null;
}

function isAllowed(element: Element): boolean {
  if (!elements.has(element.localName)) return false;
  return [...element.attributes].every(
    ({ name, value }) => attributes.has(name) && !/url\s*\(|[a-z]+:\/\//i.test(name === 'xmlns' ? '' : value),
  );
}
