/**
 * Keys that move from token to token. On a Mac, Option and an arrow is the editor's own way from word to word, so there Control is held
 * as well.
 */
type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

export function isNextTokenKey(event: Key, apple = isApple): boolean {
  return event.key === 'ArrowRight' && isTokenModifier(event, apple);
}

export function isPreviousTokenKey(event: Key, apple = isApple): boolean {
  return event.key === 'ArrowLeft' && isTokenModifier(event, apple);
}

/** As written in the settings and in the reader. */
export function tokenKeys(apple = isApple): string {
  return apple ? '⌃⌥← ⌃⌥→' : 'Alt+← Alt+→';
}

function isTokenModifier({ altKey, ctrlKey, metaKey, shiftKey }: Key, apple: boolean): boolean {
  return altKey && ctrlKey === apple && !metaKey && !shiftKey;
}
