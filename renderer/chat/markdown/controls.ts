/**
 * Characters that change the order in which the characters around them are shown. A model can write them so that a link or a program
 * reads as what it is not (Boucher and Anderson 2021, arXiv:2111.00169); here each is shown by its number instead of obeyed.
 */
const CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

export function hasControls(text: string): boolean {
  return text.search(CONTROLS) >= 0;
}

export function showControls(text: string): string {
  return text.replace(
    CONTROLS,
    (control) => `[U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
