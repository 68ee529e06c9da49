import { describe, expect, it } from 'vitest';
import { placeBeside } from '../../../../renderer/ui/floating.ts';

const viewport = { width: 1_000, height: 700 };
const card = { width: 300, height: 200 };
const anchorAt = (left: number, top: number) => ({ left, top, width: 40, height: 20 });

describe('placeBeside', () => {
  it('goes under its anchor', () => {
    expect(placeBeside(anchorAt(100, 100), card, viewport)).toEqual({ left: 100, top: 126 });
  });

  it('goes above where there is no room below', () => {
    expect(placeBeside(anchorAt(100, 600), card, viewport)).toEqual({ left: 100, top: 394 });
  });

  it('stays inside the window', () => {
    expect(placeBeside(anchorAt(950, 100), card, viewport).left).toBe(692);
    expect(placeBeside(anchorAt(-50, 100), card, viewport).left).toBe(8);
    expect(placeBeside(anchorAt(0, 100), { width: 300, height: 690 }, viewport).top).toBe(8);
  });
});
