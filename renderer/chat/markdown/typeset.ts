/** Puts formulas in the place of their sources, once the typesetter has been loaded; what cannot be typeset stays as it is written. */
import { hasControls } from './controls.ts';

type Formula = (tex: string, display: boolean) => Node | null;

let formula: Formula | null = null;
let loading: Promise<void> | null = null;

export function typeset(root: ParentNode): void {
  const places = [...root.querySelectorAll<HTMLElement>('code[data-math]')];
  if (places.length === 0) return;
  if (formula !== null) return places.forEach((place) => replace(place));
  loading ??= import('./typesetter.ts').then(
    (module) => void (formula = module.formula),
    // The sources stay; the next answer tries again.
    () => void (loading = null),
  );
  void loading.then(() => {
    if (formula !== null) typeset(root);
  });
}

function replace(place: HTMLElement): void {
  const display = place.dataset['math'] === 'display';
  const source = place.textContent;
  const tex = source.replace(/^(?:\$\$?|\\[([])|(?:\$\$?|\\[)\]])$/g, '').trim();
  const node = hasControls(source) ? null : (formula?.(tex, display) ?? null);
  if (node === null) return place.removeAttribute('data-math');
  const holder = document.createElement('span');
  holder.className = display ? 'math-display' : 'math';
  if (display) holder.tabIndex = 0;
  holder.append(node);
  place.replaceWith(holder);
}
