/**
 * Shows code that grows: what came new is there at once in one colour, and is coloured when the pace allows. Nodes of runs that stay
 * the same are kept.
 */
import { MAXIMUM_COLOURED, type CodeRun } from './code-runs.ts';
import { Pace } from './pace.ts';

type Highlight = (code: string, language: string) => CodeRun[] | null;

let highlight: Highlight | null = null;
let loading: Promise<void> | null = null;

function load(): Promise<void> {
  loading ??= import('./highlighter.ts').then(
    (module) => void (highlight = module.codeRuns),
    // The code stays in one colour; the next block tries again.
    () => void (loading = null),
  );
  return loading;
}

export class CodePainter {
  readonly #root: HTMLElement;
  readonly #pace = new Pace();
  readonly #tail = document.createTextNode('');
  #runs: CodeRun[] = [];
  #coloured = '';
  #text = '';
  #language = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    root.replaceChildren(this.#tail);
  }

  show(text: string, language: string): void {
    if (!text.startsWith(this.#coloured) || language !== this.#language) this.#draw([]);
    this.#text = text;
    this.#language = language;
    this.#tail.data = text.slice(this.#coloured.length);
    if (language === '' || text.length > MAXIMUM_COLOURED) return this.#draw([]);
    if (highlight !== null) return this.#pace.run(() => this.#colour());
    void load().then(() => this.#pace.run(() => this.#colour()));
  }

  stop(): void {
    this.#pace.stop();
  }

  #colour(): void {
    if (this.#text.length > MAXIMUM_COLOURED) return;
    const runs = highlight?.(this.#text, this.#language.toLowerCase()) ?? null;
    if (runs !== null) this.#draw(runs);
  }

  #draw(runs: CodeRun[]): void {
    let kept = 0;
    while (kept < runs.length && same(runs[kept], this.#runs[kept])) kept += 1;
    while (this.#root.childNodes.length > kept + 1) this.#root.childNodes[kept]?.remove();
    for (const { kind, text } of runs.slice(kept)) {
      const node = document.createElement('span');
      if (kind !== 'plain') node.className = `code-${kind}`;
      node.textContent = text;
      this.#root.insertBefore(node, this.#tail);
    }
    this.#runs = runs;
    this.#coloured = runs.map(({ text }) => text).join('');
    this.#tail.data = this.#text.slice(this.#coloured.length);
  }
}

function same(first: CodeRun | undefined, second: CodeRun | undefined): boolean {
  return first?.kind === second?.kind && first?.text === second?.text;
}
