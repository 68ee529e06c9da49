/** Draws one head's attention into a canvas, a pixel for each pair of tokens: the colour of the canvas's text, more or less opaque. */
import type { AttentionMap } from './attention-map.ts';

/** Most weights are small: the square root keeps them visible and the order as it is. */
function opacityOf(weight: number): number {
  return Math.round(255 * Math.sqrt(weight));
}

export function paintAttention(canvas: HTMLCanvasElement, map: AttentionMap, head: number): void {
  const { length } = map;
  canvas.width = length;
  canvas.height = length;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(canvas).color.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  const picture = context.createImageData(length, length);
  for (let token = 0; token < length; token++) {
    for (let attended = 0; attended <= token; attended++) {
      const weight = map.weight(head, token, attended);
      const place = 4 * (token * length + attended);
      picture.data[place] = red;
      picture.data[place + 1] = green;
      picture.data[place + 2] = blue;
      picture.data[place + 3] = opacityOf(weight);
    }
  }
  context.putImageData(picture, 0, 0);
}
