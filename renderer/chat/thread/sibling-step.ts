/** The keys that switch between the versions of a message: Alt and an arrow, or a bracket wherever the keyboard has it. */
export function siblingStep({
  key,
  altKey,
  ctrlKey,
  metaKey,
}: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>): 1 | -1 | null {
  if (metaKey) return null;
  // A French keyboard writes brackets with AltGr, which some systems report as Ctrl and Alt.
  if (key === '[' || key === ']') return key === ']' ? 1 : -1;
  if (!altKey || ctrlKey) return null;
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : null;
}
