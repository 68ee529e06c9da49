/** Where a floating card goes: under its anchor, above it where there is no room, always inside the window. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

const GAP = 6;
const MARGIN = 8;

/** All in CSS pixels of the window. */
export function placeBeside(anchor: Box, card: Size, viewport: Size): { left: number; top: number } {
  const below = anchor.top + anchor.height + GAP;
  const above = anchor.top - GAP - card.height;
  const fitsBelow = below + card.height + MARGIN <= viewport.height;
  const top = fitsBelow || above < MARGIN ? below : above;
  return {
    left: clamp(anchor.left, MARGIN, viewport.width - card.width - MARGIN),
    top: clamp(top, MARGIN, viewport.height - card.height - MARGIN),
  };
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.max(minimum, Math.min(value, maximum));
}
