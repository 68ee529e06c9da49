/** The order in which a table shows columns (what is read comes first, the rest as in the file) and how wide each is. */
import type { Dataset, Page } from '../../main/contract/dataset.ts';

export interface ShownColumn {
  name: string;
  type: string;
  /** Its place in the file, which is its place in the cells of a row. */
  index: number;
  isText: boolean;
}

/** More would not be looked at, and fifty rows of ten thousand cells stop a window for a minute. */
const mostColumns = 100;

export function shownColumns({ columns, textColumn }: Pick<Dataset, 'columns' | 'textColumn'>): ShownColumn[] {
  const all = columns.map(({ name, type }, index) => ({ name, type, index, isText: name === textColumn }));
  return [...all.filter(({ isText }) => isText), ...all.filter(({ isText }) => !isText)].slice(0, mostColumns);
}

/** In CSS pixels: after the longest value of `page`, within limits; the text column has its own width. */
export function columnWidths(columns: readonly ShownColumn[], page: Page | null): number[] {
  return columns.map(({ name, index, isText }) => {
    if (isText) return 320;
    const lengths = (page?.rows ?? []).map(({ cells }) => cells[index]?.preview.length ?? 0);
    const characters = Math.max(name.length, ...lengths);
    return Math.min(Math.max(72, 32 + characters * 7.5), 208);
  });
}
