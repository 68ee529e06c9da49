/** For `{@attach moveAmong}`: up and down arrows, Home and End move the focus among the elements marked `data-stop`. */
export function moveAmong(root: HTMLElement): () => void {
  const listen = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.matches('input')) return;
    const stops = [...root.querySelectorAll<HTMLElement>('[data-stop]')];
    const here = stops.findIndex((stop) => stop.parentElement?.contains(event.target as Node));
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(next, stops.length - 1))]?.focus();
  };
  root.addEventListener('keydown', listen);
  return () => root.removeEventListener('keydown', listen);
}
