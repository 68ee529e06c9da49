/** Gives a text or a picture to the user as a file, by the browser's own way of saving: nothing else in the window writes files. */

/** How long a browser may take to begin the download. */
const RELEASE_AFTER_MS = 60_000;

export function saveFile(name: string, content: string | Blob, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASE_AFTER_MS);
}
