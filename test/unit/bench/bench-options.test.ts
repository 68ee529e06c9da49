import { describe, expect, it } from 'vitest';
import { parseBenchArguments } from '../../bench/bench-options.ts';

describe('parseBenchArguments', () => {
  it('tells names from options', () => {
    expect(parseBenchArguments(['peers', '--layers', '32', '--runtimes', 'lucie,llama.cpp'])).toEqual({
      names: ['peers'],
      options: { layers: 32, runtimes: 'lucie,llama.cpp' },
    });
    expect(parseBenchArguments([])).toEqual({ names: [], options: {} });
  });

  it.each([[['--layers', '0']], [['--rounds', 'many']], [['--model', 'other']], [['--unknown']]])(
    'refuses %j',
    (values) => {
      expect(() => parseBenchArguments(values)).toThrow();
    },
  );
});
