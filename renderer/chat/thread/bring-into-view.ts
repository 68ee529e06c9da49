/**
 * Scrolls to a message and lets it shine for a moment. What is out of sight is only guessed to be as high as it is: where it comes near,
 * the guess gives way, so the scroll is done again until it stays.
 */
const LONGEST = 20;
const SHINES_MS = 2_400;

export async function bringIntoView(element: Element | null): Promise<void> {
  if (element === null) return;
  let top = Number.NaN;
  for (let round = 0; round < LONGEST; round += 1) {
    element.scrollIntoView({ block: 'start', behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = element.getBoundingClientRect().top;
    if (Math.abs(now - top) < 1) break;
    top = now;
  }
  element.classList.add('reached');
  setTimeout(() => element.classList.remove('reached'), SHINES_MS);
}
