import { describe, expect, it } from 'vitest';
import { FrameBuffer } from '../../../../renderer/chat/frame-buffer.ts';

function setUp() {
  const frames: (() => void)[] = [];
  const flushed: (readonly number[])[] = [];
  const buffer = new FrameBuffer<number>(
    (items) => flushed.push(items),
    (callback) => frames.push(callback),
  );
  const drawFrame = () => frames.splice(0).forEach((callback) => callback());
  return { buffer, flushed, frames, drawFrame };
}

describe('FrameBuffer', () => {
  it('hands on once a frame what came in between, in order', () => {
    const { buffer, flushed, frames, drawFrame } = setUp();
    [1, 2, 3].forEach((item) => buffer.push(item));
    expect(frames).toHaveLength(1);
    expect(flushed).toEqual([]);
    drawFrame();
    buffer.push(4);
    drawFrame();
    expect(flushed).toEqual([[1, 2, 3], [4]]);
  });

  it('drops what was cleared, and goes on with what comes later', () => {
    const { buffer, flushed, drawFrame } = setUp();
    buffer.push(1);
    buffer.clear();
    drawFrame();
    expect(flushed).toEqual([]);
    buffer.push(2);
    drawFrame();
    expect(flushed).toEqual([[2]]);
  });

  it('keeps what is pushed while it flushes for the next frame', () => {
    const frames: (() => void)[] = [];
    const flushed: (readonly number[])[] = [];
    const buffer: FrameBuffer<number> = new FrameBuffer<number>(
      (items) => {
        flushed.push(items);
        if (items[0] === 1) buffer.push(2);
      },
      (callback) => frames.push(callback),
    );
    buffer.push(1);
    frames.shift()?.();
    expect(flushed).toEqual([[1]]);
    frames.shift()?.();
    expect(flushed).toEqual([[1], [2]]);
  });
});
