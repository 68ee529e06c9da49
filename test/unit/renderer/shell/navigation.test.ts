import { describe, expect, it } from 'vitest';
import { formatPlace, parsePlace } from '../../../../renderer/shell/navigation.svelte.ts';

describe('places', () => {
  it('come back from the address', () => {
    for (const place of [
      { pane: 'tokens', part: null },
      { pane: 'chat', part: 'a b/ç' },
      { pane: 'settings', part: '42' },
    ] as const) {
      expect(parsePlace(formatPlace(place))).toEqual(place);
    }
  });

  it.each(['', '#', '#token=abc', '#nowhere/x', '#chat/%E0%A4%A'])('%j leads to the chat', (fragment) => {
    expect(parsePlace(fragment).pane).toBe('chat');
  });

  it('ignores an id that cannot be decoded', () => {
    expect(parsePlace('#chat/%E0%A4%A').part).toBeNull();
  });
});
