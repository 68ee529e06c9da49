/** A part of the text as a picture file, made in this window from its own colours; nothing is fetched and nothing leaves. */
import { tokenFlags } from '../../../main/contract/tokenisation.ts';
import { visibleText } from '../../token-view/visible-text.ts';
import type { Tokenisation } from '../tokenised-text.svelte.ts';
import { colourClass, type Colouring, type TokenScore } from './colouring.ts';
import { tokensIn } from './text-counts.ts';
import { tokenPicture, type PictureToken, type TokenPicture } from './token-picture.ts';

export interface PictureWish {
  readonly part: { readonly start: number; readonly end: number };
  readonly colouring: Colouring;
  readonly scoreOf: (index: number) => TokenScore | null;
  /** An element in which the classes of the tokens have their colours. */
  readonly colours: HTMLElement;
}

const width = 960;
/** Browsers draw no canvas of more than 16,384 pixels: twice this. */
const maximumHeight = 8_000;
const pixelsPerPixel = 2;

export function pictureOf(
  { text, tokens }: Tokenisation,
  { part, colouring, scoreOf, colours }: PictureWish,
): TokenPicture & { total: number } {
  const [first, last] = tokensIn(tokens, part.start, part.end);
  const palette = new Palette(colours);
  const drawn: PictureToken[] = [];
  for (let index = first; index < last; index++) {
    const [start, end, id] = [tokens.starts[index] ?? 0, tokens.ends[index] ?? 0, tokens.ids[index] ?? 0];
    const entry = tokens.vocabulary.get(id);
    const covered = text.slice(start, end);
    const name = colourClass(colouring, { text, tokens, index, start, end, isSettled: true }, covered, scoreOf);
    drawn.push({
      text: entry?.kind === 'normal' && covered !== '' ? visibleText(covered) : visibleText(entry?.piece ?? `#${id}`),
      id,
      ...palette.of(name),
      insertedSpace: ((tokens.flags[index] ?? 0) & tokenFlags.insertedSpace) !== 0,
      endsLine: covered.endsWith('\n'),
    });
  }
  const context = document.createElement('canvas').getContext('2d');
  if (context !== null) context.font = '14px "DejaVu Sans Mono", Consolas, Menlo, monospace';
  const measure = (label: string) => context?.measureText(label).width ?? label.length * 9;
  const { background, color: faint } = palette.of('tk-picture');
  const picture = tokenPicture(drawn, { width, maximumHeight, background, faint, measure });
  palette.close();
  return { ...picture, total: last - first };
}

/** @throws Error where the browser cannot draw it */
export async function pngOf({ svg, width: across, height }: TokenPicture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [across * pixelsPerPixel, height * pixelsPerPixel];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The canvas gave no picture.')) : resolve(blob)));
  });
}

/** The colours that the classes have now, as the browser computed them. */
class Palette {
  readonly #probe: HTMLElement;
  readonly #known = new Map<string, { background: string; color: string }>();

  constructor(parent: HTMLElement) {
    this.#probe = parent.appendChild(document.createElement('span'));
  }

  of(className: string): { background: string; color: string } {
    const known = this.#known.get(className);
    if (known !== undefined) return known;
    this.#probe.className = className;
    const { backgroundColor, color } = getComputedStyle(this.#probe);
    const background = backgroundColor === 'rgba(0, 0, 0, 0)' ? 'none' : backgroundColor;
    this.#known.set(className, { background, color });
    return { background, color };
  }

  close(): void {
    this.#probe.remove();
  }
}
