/**
 * For `{@attach rovingFocus}` on a toolbar: one stop in the tab order for all its buttons, arrows, Home and End move among them
 * (ARIA Authoring Practices, toolbar). What is in a popover of its own is left alone.
 */
export function rovingFocus(root: HTMLElement): () => void {
  let current: HTMLElement | null = null;
  const buttons = () =>
    [...root.querySelectorAll<HTMLElement>('button')].filter((button) => button.closest('[popover]') === null);

  function keepOneStop(): void {
    const all = buttons();
    if (current === null || !all.includes(current)) current = all[0] ?? null;
    for (const button of all) button.tabIndex = button === current ? 0 : -1;
  }

  function focused({ target }: FocusEvent): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null;
    if (button === null || !buttons().includes(button)) return;
    current = button;
    keepOneStop();
  }

  function pressed(event: KeyboardEvent): void {
    // With Alt, arrows have other meanings; in a menu that the bar opened, they move there.
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const all = buttons();
    const here = all.indexOf(event.target as HTMLElement);
    if (here === -1) return;
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  }

  const changed = new MutationObserver(keepOneStop);
  changed.observe(root, { childList: true, subtree: true });
  root.addEventListener('focusin', focused);
  root.addEventListener('keydown', pressed);
  keepOneStop();
  return () => {
    changed.disconnect();
    root.removeEventListener('focusin', focused);
    root.removeEventListener('keydown', pressed);
  };
}
