/** Sizes of the editor follow the browser's size of letters, as those of the style sheets do (`rem`); Monaco takes pixels only. */

/** What is `pixels` at the usual size of 16. */
export function atRootSize(pixels: number): number {
  return (pixels * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16;
}
