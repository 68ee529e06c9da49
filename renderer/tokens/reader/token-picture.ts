/**
 * A text with its tokens as an SVG that needs nothing else: no font is fetched, no script runs, and every word is put to the width that it
 * was laid out with, so that it looks alike wherever it is opened.
 */
export interface PictureToken {
  /** What is drawn of it. */
  readonly text: string;
  readonly id: number;
  readonly background: string;
  readonly color: string;
  readonly insertedSpace: boolean;
  /** The next token begins a line. */
  readonly endsLine: boolean;
}

export interface PictureOptions {
  /** Pixels. */
  readonly width: number;
  readonly maximumHeight: number;
  readonly background: string;
  readonly faint: string;
  /** Of a text in the font of the picture, at 14 pixels. */
  readonly measure: (text: string) => number;
}

export interface TokenPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The first so many tokens are drawn: the rest would be below the maximum height. */
  readonly drawn: number;
}

export const mostPictureTokens = 2_000;
const [margin, rowHeight, boxHeight, padding, gap] = [16, 44, 24, 4, 2];
const idScale = 9 / 14;

export function tokenPicture(tokens: readonly PictureToken[], options: PictureOptions): TokenPicture {
  const { width, maximumHeight, background, faint, measure } = options;
  const boxes: string[] = [];
  let [x, y, drawn] = [margin, margin, 0];
  for (const token of tokens.slice(0, mostPictureTokens)) {
    const textWidth = measure(token.text);
    const idWidth = measure(String(token.id)) * idScale;
    const boxWidth = Math.min(width - 2 * margin, Math.max(textWidth, idWidth) + 2 * padding);
    if (x > margin && x + boxWidth > width - margin) [x, y] = [margin, y + rowHeight];
    if (y + rowHeight + margin > maximumHeight) break;
    const inner = boxWidth - 2 * padding;
    boxes.push(
      rectangle(x, y, boxWidth, token.background),
      label(x + padding, y + 17, 14, token.color, token.text, Math.min(textWidth, inner)),
      label(x + padding, y + boxHeight + 11, 9, faint, String(token.id), Math.min(idWidth, inner)),
    );
    if (token.insertedSpace) boxes.push(insertedMark(x, y + boxHeight, token.color));
    drawn += 1;
    x += boxWidth + gap;
    if (token.endsLine) [x, y] = [margin, y + rowHeight];
  }
  const height = (x > margin ? y + rowHeight : y) + margin;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'DejaVu Sans Mono', Consolas, Menlo, monospace">` +
    `<rect width="100%" height="100%" fill="${background}"/>${boxes.join('')}</svg>`;
  return { svg, width, height, drawn };
}

function rectangle(x: number, y: number, width: number, fill: string): string {
  return `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${boxHeight}" rx="3" fill="${fill}"/>`;
}

function label(x: number, y: number, size: number, fill: string, text: string, width: number): string {
  const fit = width > 0 ? ` textLength="${round(width)}" lengthAdjust="spacingAndGlyphs"` : '';
  return `<text x="${round(x)}" y="${y}" font-size="${size}" fill="${fill}" xml:space="preserve"${fit}>${escapeXml(text)}</text>`;
}

/** A small open box at the lower left, as in the editor. */
function insertedMark(x: number, y: number, stroke: string): string {
  return `<path d="M${round(x - 2)} ${y - 4}v4h6v-4" fill="none" stroke="${stroke}"/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Characters that XML 1.0 does not allow (https://www.w3.org/TR/xml/#charsets) become U+FFFD, among them halves of pairs. */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- control characters are what XML does not allow
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
