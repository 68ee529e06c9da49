import { expect, test } from 'vitest';
import { UsageError } from '../../../main/cli/arguments.ts';
import { scoreFormat, scoreOutput, type ScoreFormat } from '../../../main/cli/score-output.ts';
import type { ScoredToken, ScoreSummary } from '../../../main/contract/scoring.ts';

const first: ScoredToken = {
  id: 0,
  piece: '<s>',
  text: '',
  logProbability: null,
  rank: null,
  entropy: null,
  alternatives: [],
};
const second: ScoredToken = {
  id: 7,
  piece: '▁La',
  text: 'La',
  logProbability: -2 * Math.LN2,
  rank: 2,
  entropy: 1.5,
  alternatives: [{ id: 9, piece: '▁Le', logProbability: -0.25 }],
};
const summary: ScoreSummary = { scoredTokens: 1, nats: 1.386, perplexity: 4, utf8ByteCount: 2, bitsPerByte: 1 };

function written(format: ScoreFormat): { out: string[]; errors: string[] } {
  const lines = { out: new Array<string>(), errors: new Array<string>() };
  const output = scoreOutput(format, {
    out: (line) => lines.out.push(line),
    errors: (line) => lines.errors.push(line),
    width: 40,
  });
  output.tokens([first, second]);
  output.end(summary);
  return lines;
}

const inWords = ['1 tokens, 2 bytes: 1.386 nats, 1.0000 bits/byte, perplexity 4.0000 per token'];

test('a table: a line for each token, the summary apart', () => {
  expect(written('table')).toEqual({
    out: ['0\t"<s>"\t–\t–\t–\t', '7\t"▁La"\t-1.3863\t2\t1.5000\t"▁Le" -0.250'],
    errors: inWords,
  });
});

test('JSON lines: everything on standard output', () => {
  const { out, errors } = written('json');
  expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([first, second, summary]);
  expect(errors).toEqual([]);
});

test('a histogram: of the tokens that are predicted', () => {
  const { out, errors } = written('histogram');
  expect(out.map((line) => line.slice(0, 13))).toEqual([
    ' bits  tokens',
    '  0-1       0',
    '  1-2       0',
    '  2-3       1',
  ]);
  expect(errors).toEqual(inWords);
});

test('--json is --format json, and nothing else beside it', () => {
  expect(scoreFormat(undefined, undefined, false)).toBe('table');
  expect(scoreFormat(undefined, true, true)).toBe('json');
  expect(scoreFormat('json', true, false)).toBe('json');
  expect(() => scoreFormat('histogram', true, false)).toThrow(UsageError);
  expect(() => scoreFormat('histogram', undefined, true)).toThrow(UsageError);
  expect(() => scoreFormat('', undefined, false)).toThrow(/--format needs/);
});
