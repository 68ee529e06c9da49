/** What comes back of each atom, from the places where the decoded text differs from the text. */
import type { TextAtom } from '../../contract/pipeline.ts';
import type { Alteration } from '../../contract/tokenisation.ts';

/** The atoms with `decoded` and `loss`, cut where an alteration begins or ends. `alterations` are in order. */
export function decodeAtoms(text: string, atoms: readonly TextAtom[], alterations: readonly Alteration[]): TextAtom[] {
  const borders = new Set(alterations.flatMap(({ start, end }) => [start, end]));
  const cut = atoms.flatMap((atom) => (isUnitByUnit(atom) ? cutAt(atom, borders) : [atom]));
  const decoded = cut.map((atom) => ({ ...atom, decoded: text.slice(atom.start, atom.end), loss: null }));
  let first = 0;
  for (const alteration of alterations) {
    const isInside = ({ start, end }: TextAtom) =>
      alteration.start === alteration.end
        ? start === end && start === alteration.start
        : start >= alteration.start && end <= alteration.end && end > start;
    while (first < decoded.length && !isInside(decoded[first] as TextAtom)) first++;
    let last = first;
    while (
      last < decoded.length &&
      (decoded[last] as TextAtom).start < Math.max(alteration.end, alteration.start + 1)
    ) {
      last++;
    }
    alter(decoded.slice(first, last).filter(isInside), alteration);
  }
  return decoded;
}

/** Each atom gives back what it was normalised to, where that adds up; else the first gives back everything. */
function alter(atoms: TextAtom[], { reason, becomes }: Alteration): void {
  const own = atoms.map(({ normalised }) => (becomes === '' ? '' : (normalised ?? '').replaceAll('▁', ' ')));
  const addsUp = own.join('') === becomes;
  for (const [index, atom] of atoms.entries()) {
    atom.decoded = addsUp ? (own[index] ?? '') : index === 0 ? becomes : '';
    atom.loss = reason;
  }
}

/** True where each unit stands for one: of two no-break spaces after a bracket the first is lost, and the second becomes a space. */
function isUnitByUnit({ start, end, change, normalised }: TextAtom): boolean {
  return change === 'same' || (normalised?.length === end - start && /^▁+$/.test(normalised));
}

function cutAt(atom: TextAtom, borders: ReadonlySet<number>): TextAtom[] {
  const parts: TextAtom[] = [];
  let start = atom.start;
  for (let at = atom.start + 1; at <= atom.end; at++) {
    if (at < atom.end && !borders.has(at)) continue;
    parts.push({
      ...atom,
      start,
      end: at,
      normalised: atom.normalised?.slice(start - atom.start, at - atom.start) ?? null,
    });
    start = at;
  }
  return parts;
}
