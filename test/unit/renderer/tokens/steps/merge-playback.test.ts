import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MergePlayback } from '../../../../../renderer/tokens/steps/merge-playback.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('begins at the end, plays from the start, and stops at the end', () => {
  const playback = new MergePlayback(2);
  expect(playback.step).toBe(2);
  playback.play();
  expect([playback.step, playback.isPlaying]).toEqual([0, true]);
  vi.advanceTimersByTime(10_000);
  expect([playback.step, playback.isPlaying]).toEqual([2, false]);
});

it('stays within the merges, and moving by hand ends the playing', () => {
  const playback = new MergePlayback(3);
  playback.play();
  playback.show(-1);
  vi.advanceTimersByTime(5_000);
  expect([playback.step, playback.isPlaying]).toEqual([0, false]);
  playback.show(9);
  expect(playback.step).toBe(3);
});
