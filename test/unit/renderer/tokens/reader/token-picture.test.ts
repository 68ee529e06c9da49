import { describe, expect, it } from 'vitest';
import {
  mostPictureTokens,
  tokenPicture,
  type PictureToken,
} from '../../../../../renderer/tokens/reader/token-picture.ts';

const token = (text: string, more: Partial<PictureToken> = {}): PictureToken => ({
  text,
  id: 42,
  background: '#eee',
  color: '#111',
  insertedSpace: false,
  endsLine: false,
  ...more,
});
const options = {
  width: 200,
  maximumHeight: 1_000,
  background: '#fff',
  faint: '#666',
  measure: (text: string) => text.length * 8,
};
const boxes = (svg: string) =>
  [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g)].map((match) => match.slice(1).map(Number));

describe('tokenPicture', () => {
  it('sets tokens side by side, breaks rows within the width and at line ends', () => {
    const tokens = [token('abcdefgh'), token('ijklmnop', { endsLine: true }), token('qrst')];
    const { svg, drawn, height } = tokenPicture(tokens, options);
    expect(boxes(svg)).toEqual([
      [16, 16, 72],
      [90, 16, 72],
      [16, 60, 40],
    ]);
    expect([drawn, height]).toEqual([3, 120]);
    for (const [x = 0, , width = 0] of boxes(svg)) expect(x + width).toBeLessThanOrEqual(200 - 16);
  });

  it('writes the id under each token, and a mark for an inserted space', () => {
    const { svg } = tokenPicture([token('a', { id: 1_234, insertedSpace: true })], options);
    expect(svg).toContain('>1234</text>');
    expect(svg.match(/<path /g)?.length).toBe(1);
  });

  it('squeezes a token that is wider than the picture', () => {
    const [box] = boxes(tokenPicture([token('x'.repeat(90))], options).svg);
    expect(box).toEqual([16, 16, 168]);
  });

  it('tells how many it holds, by height and by number', () => {
    const lines = Array.from({ length: 100 }, () => token('a', { endsLine: true }));
    const { drawn, height } = tokenPicture(lines, options);
    expect(drawn).toBeLessThan(100);
    expect(height).toBeLessThanOrEqual(1_000);
    const many = Array.from({ length: mostPictureTokens + 5 }, () => token('a'));
    expect(tokenPicture(many, { ...options, maximumHeight: 1e9 }).drawn).toBe(mostPictureTokens);
  });

  it('is well-formed whatever the text holds, and loads nothing', () => {
    const { svg } = tokenPicture([token('<s>&"\u0001\uD83D'), token('a\u000Bb')], options);
    expect(svg).toContain('&lt;s&gt;&amp;&quot;\uFFFD\uFFFD');
    expect(svg).not.toMatch(/href|<script|url\(/);
    for (const forbidden of ['\u0001', '\u000B']) expect(svg).not.toContain(forbidden);
  });

  it('is a picture of nothing where there is nothing', () => {
    expect(tokenPicture([], options)).toMatchObject({ drawn: 0, height: 32 });
  });
});
