import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopStrings } from '../../../../main/engine/sampling/stop-strings.ts';

/** Character by character: at each end, the longest stop string that is complete there. */
function slow(text: string, strings: readonly string[]): { emitted: string; stopped: boolean } {
  for (let end = 1; end <= text.length; end++) {
    const complete = strings.filter((string) => text.slice(0, end).endsWith(string));
    const longest = Math.max(0, ...complete.map(({ length }) => length));
    if (longest > 0) return { emitted: text.slice(0, end - longest), stopped: true };
  }
  return { emitted: text, stopped: false };
}

function run(pieces: readonly string[], strings: readonly string[]): { emitted: string; stopped: boolean } {
  const filter = new StopStrings(strings);
  let emitted = '';
  let stopped = false;
  for (const piece of pieces) {
    const filtered = filter.push(piece);
    emitted += filtered.emit;
    stopped = filtered.stopped;
  }
  return { emitted: emitted + filter.flush(), stopped };
}

describe('StopStrings', () => {
  it('equals a naive search for any split of the text', () => {
    const letters = (maxLength: number, minLength = 0) =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\n'), minLength, maxLength });
    fc.assert(
      fc.property(
        fc.array(letters(6), { maxLength: 12 }),
        fc.array(letters(5, 1), { maxLength: 4 }),
        (pieces, strings) => {
          expect(run(pieces, strings)).toEqual(slow(pieces.join(''), strings));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('emits at once what cannot be part of a stop string', () => {
    const filter = new StopStrings(['\n\nQ:']);
    expect(filter.push('Oui.\n')).toEqual({ emit: 'Oui.', stopped: false });
    expect(filter.push('Non')).toEqual({ emit: '\nNon', stopped: false });
    expect(filter.push('\n\nQ')).toEqual({ emit: '', stopped: false });
    expect(filter.push(': et')).toEqual({ emit: '', stopped: true });
    expect(filter.push('encore')).toEqual({ emit: '', stopped: true });
    expect(filter.flush()).toBe('');
  });

  it('lets text pass that was there before, and ends at a string that begins in it', () => {
    const begun = new StopStrings(['FIN', 'abc']);
    expect([begun.pass('un FIN et a'), begun.pass('b')]).toEqual(['un FIN et ', '']);
    expect(begun.push('c')).toEqual({ emit: '', stopped: true });
    const other = new StopStrings(['FIN', 'abc']);
    other.pass('un ab');
    expect(other.push('x')).toEqual({ emit: 'abx', stopped: false });
    expect(new StopStrings(['aa']).pass('aaaa')).toBe('aaaa');
  });
});
