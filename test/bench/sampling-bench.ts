/**
 * What choosing a token costs with Lucie's vocabulary of 65,024: filters, statistics, bans and grammars. The logits are drawn
 * (normal, deviation 2.5, with thirty probable tokens); no model runs.
 */
import { join } from 'node:path';
import { defaultSampling, type Grammar, type Sampling } from '../../main/contract/sampling.ts';
import { BannedStrings } from '../../main/engine/sampling/banned-strings.ts';
import { compileGrammar, type GrammarTokens } from '../../main/engine/sampling/grammar.ts';
import { Random } from '../../main/engine/sampling/random.ts';
import { Sampler } from '../../main/engine/sampling/sampler.ts';
import { allowAll } from '../../main/engine/sampling/token-constraint.ts';
import { tokenStatistics } from '../../main/engine/sampling/token-statistics.ts';
import { TokenBytes, Tokenizer } from '../../main/tokenizer/index.ts';
import { sharedFolder } from '../fixtures/shared-path.ts';
import { summarise, timed, type Row } from './measure.ts';

const vocabularySize = 65_024;
const rounds = 300;

const samplers: [string, Partial<Sampling>][] = [
  ['greedy', { temperature: 0 }],
  ['temperature 0.6', {}],
  ['top-p 0.9', { topP: 0.9 }],
  ['top-k 40', { topK: 40 }],
  ['min-p 0.05', { minP: 0.05 }],
  ['typical 0.9', { typicalP: 0.9 }],
  [
    'all filters and penalties',
    {
      topK: 40,
      topP: 0.9,
      minP: 0.05,
      typicalP: 0.9,
      repetitionPenalty: 1.1,
      frequencyPenalty: 0.1,
      presencePenalty: 0.1,
    },
  ],
];

export async function samplingBench(): Promise<Row[]> {
  const random = new Random(1);
  const steps = Array.from({ length: 16 }, () => drawnLogits(random));
  let step = 0;
  const next = () => steps[step++ % steps.length] ?? new Float32Array(vocabularySize);
  const rows: Row[] = [];
  for (const [name, settings] of samplers) {
    const sampler = new Sampler({ ...defaultSampling, ...settings }, vocabularySize, random);
    sampler.observe(Array.from({ length: 2_000 }, (_, i) => i * 3));
    for (let i = 0; i < 300; i++) sampler.accept(i * 7);
    rows.push(summarise(`choose: ${name}`, 'ms', await timed(rounds, () => sampler.choose(next()))));
  }
  const greedy = new Sampler({ ...defaultSampling, temperature: 0 }, vocabularySize, random);
  const chosen = new Map(steps.map((logits) => [logits, greedy.choose(logits).id]));
  const statistics = await timed(rounds, () => {
    const logits = next();
    tokenStatistics(logits, chosen.get(logits) ?? 0);
  });
  rows.push(summarise('statistics of the chosen token', 'ms', statistics));
  if (sharedFolder === null) {
    console.log('There is no ../shared with the tokenizer of Lucie: bans and grammars are not measured.');
    return rows;
  }
  const tokenizer = await Tokenizer.load(join(sharedFolder, 'lucie/tokenizer_instruct'));
  return [...rows, ...(await constraintRows(tokenizer))];
}

async function constraintRows(tokenizer: Tokenizer): Promise<Row[]> {
  const begun = performance.now();
  const tokens = new TokenBytes(tokenizer);
  const rows = [summarise('bytes of all tokens, once', 'ms', [performance.now() - begun])];
  const answer = await tokenizer.encode("L'été, c'est « la plus belle saison » (d'après Anna).");
  const mask = new Uint32Array(Math.ceil(vocabularySize / 32));
  const banned = new BannedStrings(tokens, ['belle', "l'hiver", ' (d', 'été']);
  const bans: number[] = [];
  for (let round = 0; round < rounds; round++) {
    banned.accept(answer[round % answer.length] ?? 0);
    allowAll(mask, vocabularySize);
    bans.push(elapsed(() => banned.restrict(mask)));
  }
  rows.push(summarise('mask of four banned strings', 'ms', bans));
  const given = { tokenizer, tokens, stopIds: [tokenizer.idOf('</s>') ?? -1] };
  for (const [name, grammar] of grammars) rows.push(...(await grammarRows(given, name, grammar)));
  return rows;
}

const schema = {
  type: 'object',
  properties: { nom: { type: 'string' }, age: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
  required: ['nom', 'age', 'tags'],
};

/** Each with a text that fits it. */
const grammars: [string, Grammar & { text: string }][] = [
  [
    'JSON schema',
    {
      type: 'json-schema',
      source: JSON.stringify(schema),
      text: '{"nom": "Anna Martin, dite « la rousse »", "age": 47, "tags": ["mer", "ciel bleu", "une longue lettre"]}',
    },
  ],
  ['regex', { type: 'regex', source: '[A-Z][a-zé ,]{10,80}\\.', text: 'La mer est calme, et le ciel presque dégagé.' }],
  ['GBNF', { type: 'gbnf', source: 'root ::= ("- " [^\\n]+ "\\n")+', text: '- du pain\n- une bouteille de lait\n' }],
];

async function grammarRows(given: GrammarTokens, name: string, grammar: Grammar & { text: string }): Promise<Row[]> {
  const mask = new Uint32Array(Math.ceil(vocabularySize / 32));
  const ids = await given.tokenizer.encode(grammar.text);
  const compiling: number[] = [];
  const masks: number[] = [];
  for (let round = 0; round < 10; round++) {
    const begun = performance.now();
    const matcher = await compileGrammar(given, grammar);
    compiling.push(performance.now() - begun);
    for (const id of ids) {
      const started = performance.now();
      await matcher.fillMask(mask);
      masks.push(performance.now() - started);
      matcher.accept(id);
    }
    matcher.dispose();
  }
  masks.sort((a, b) => a - b);
  const at = (fraction: number) => masks[Math.floor((masks.length - 1) * fraction)] ?? Number.NaN;
  return [
    summarise(`${name}: compile (the first of all reads the vocabulary)`, 'ms', compiling),
    summarise(`${name}: mask of a step`, 'ms', masks),
    summarise(`${name}: mask of a step, 99th percentile`, 'ms', [at(0.99)]),
  ];
}

function elapsed(body: () => void): number {
  const begun = performance.now();
  body();
  return performance.now() - begun;
}

function drawnLogits(random: Random): Float32Array {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.nextFloat())) * Math.cos(2 * Math.PI * random.nextFloat());
  const logits = Float32Array.from({ length: vocabularySize }, () => normal() * 2.5);
  for (let i = 0; i < 30; i++) logits[Math.floor(random.nextFloat() * vocabularySize)] = 8 + normal() * 4;
  return logits;
}
