/** Whether a key that writes a character belongs to what has the focus. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="textbox"]') !== null
  );
}
