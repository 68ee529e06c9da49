/** The command line as a user calls it: a process, its output, its exit code. Bad input must say what to do. */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Receipt } from '../../main/contract/receipt.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../fixtures/word-tokenizer.ts';
import { embedded, repositoryFolder, sourceEntry } from '../fixtures/workbench.ts';

interface Outcome {
  code: number | null;
  output: string;
  errors: string;
}

function lucie(
  args: string[],
  options: { input?: string; data?: string; interruptAfter?: string } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [sourceEntry, ...args], {
    env: { ...process.env, LUCIE_DATA: options.data ?? temporaryFolder() },
    // A process group of its own, so that an interrupt reaches the engine too, as Ctrl+C in a terminal does.
    detached: true,
  });
  let interrupted = false;
  const outcome: Outcome = { code: null, output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    outcome.output += text;
    if (interrupted || options.interruptAfter === undefined || !outcome.output.includes(options.interruptAfter)) return;
    interrupted = true;
    process.kill(-Number(child.pid), 'SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.errors += text));
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...outcome, code })));
}

/** A copy of the embedded model without its large safetensors file, to be damaged. */
function copyOfDemo(): string {
  const folder = join(temporaryFolder(), 'damaged-model');
  cpSync(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.endsWith('.safetensors') });
  return folder;
}

const question = 'Quelle est la capitale de la France ?';

test('a question is answered on standard output, what it cost is on standard error', async () => {
  const { code, output, errors } = await lucie(['ask', question, '--temperature', '0']);
  expect({ code, output }).toEqual({ code: 0, output: 'La capitale de la France est Paris.\n' });
  expect(errors).toMatch(/lucie-demo on cpu: 23 prompt tokens, first token after \d+ ms, 8 tokens at [\d.]+ tokens\/s/);
});

test('an answer goes on from what is written for it, a text is gone on with, and both can be replayed', async () => {
  const receipt = join(temporaryFolder(), 'receipt.json');
  const greedy = ['--temperature', '0', '--max-tokens', '12', '--receipt', receipt];
  const begun = await lucie(['ask', question, '--prefill', 'La capitale de ', ...greedy]);
  expect(begun.output).toMatch(/^La capitale de .*\n$/);
  expect(JSON.parse(readFileSync(receipt, 'utf8'))).toMatchObject({ givenTokens: 3, continuesText: false });
  expect((await lucie(['replay', receipt])).output).toMatch(/^identical: \d+ tokens\n$/);
  const text = await lucie(['ask', 'La capitale de la France', '--text-mode', ...greedy]);
  expect(text).toMatchObject({ code: 0 });
  const { promptIds, continuesText } = JSON.parse(readFileSync(receipt, 'utf8')) as Receipt;
  expect([promptIds[0], promptIds.length, continuesText]).toEqual([0, 6, true]);
  expect((await lucie(['replay', receipt])).output).toMatch(/^identical: \d+ tokens\n$/);
  const both = await lucie(['ask', 'x', '--text-mode', '--system', 'y']);
  expect(both.code).toBe(1);
  expect(both.errors).toContain('Leave out --system');
});

test('the question may come from standard input, and the same seed gives the same answer', async () => {
  const args = ['ask', '-', '--temperature', '1.2', '--seed', '7', '--max-tokens', '12'];
  const [first, second] = [await lucie(args, { input: question }), await lucie(args, { input: question })];
  expect(first.code).toBe(0);
  expect(first.output.length).toBeGreaterThan(5);
  expect(second.output).toBe(first.output);
});

test('Ctrl+C stops the answer, keeps what was printed and ends with 130', async () => {
  const { code, output } = await lucie(['ask', 'Qui es-tu ?', '--temperature', '0'], { interruptAfter: 'Je' });
  expect(code).toBe(130);
  expect(output).toMatch(/^Je/);
  expect(output).not.toContain('installez Lucie-7B.');
});

test('tokens: one a line, or JSON', async () => {
  const lines = await lucie(['tokens', "l'été"]);
  expect(lines.code).toBe(0);
  expect(lines.output).toMatch(/^\d+\t"▁l"\t0-1\t206c\n\d+\t"'"\t1-2\t27\n/);
  expect(lines.errors).toContain('1 words');
  const json = await lucie(['tokens', '--json'], { input: 'Bonjour le monde' });
  const parsed = json.output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(parsed[0]).toMatchObject({ piece: '▁Bonjour', start: 0, end: 7, insertedSpace: true });
  expect(parsed.at(-1)).toMatchObject({ words: 3, tokens: parsed.length - 1, exact: true });
});

test('tokens: of a file, of a tokenizer by path; the ids alone', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'text.txt');
  writeFileSync(file, 'le chat dort');
  const tokenizer = wordTokenizer(folder, ['le', 'chat', 'dort']);
  const args = ['tokens', '--tokenizer', tokenizer, '--ids'];
  expect(await lucie([...args, '--file', file])).toMatchObject({ code: 0, output: '1 2 3\n' });
  expect(await lucie([...args, '--file', '-'], { input: 'dort le' })).toMatchObject({ code: 0, output: '3 1\n' });
});

test('tokens: a text of several pieces, with the places of the whole', async () => {
  const lines = 'Le chat dort.\n'.repeat(40_000);
  const { code, output, errors } = await lucie(['tokens', '-'], { input: lines });
  expect(code).toBe(0);
  expect(errors).toContain('120000 words');
  expect(errors).toContain('read in 2 pieces');
  const spans = output
    .trimEnd()
    .split('\n')
    .map((line) => (line.split('\t')[2] ?? '').split('-').map(Number));
  expect(spans.every(([start], i) => i === 0 || start === spans[i - 1]?.[1])).toBe(true);
  expect(spans.at(-1)?.[1]).toBe(lines.length);
});

test('compare: a folder by language, and what was published', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'texts'));
  writeFileSync(join(folder, 'texts', 'fr.txt'), 'le chat dort');
  writeFileSync(join(folder, 'texts', 'de.txt'), 'die Katze schläft tief');
  writeFileSync(join(folder, 'texts', 'picture.png'), '');
  const tokenizer = wordTokenizer(folder, ['le', 'chat', 'dort']);
  const args = ['compare', '--tokenizer', 'lucie-demo', '--tokenizer', tokenizer];
  const { code, output, errors } = await lucie([...args, '--reference', join(folder, 'texts')]);
  expect({ code, errors }).toEqual({ code: 0, errors: 'left out: picture.png (other-kind)\n' });
  expect(output).toMatch(/^lucie-demo +6144 +\d+ +\d\.\d{3} +\d\.\d{3} +\d\.\d{3}$/m);
  expect(output).toMatch(/^fr +1 +3 +\d\.\d{3} +1\.000$/m);
  expect(output).toMatch(/^all +2 +7 +\d\.\d{3} +1\.000$/m);
  expect(output).toMatch(/^Wikipedia fr +1\.736 /m);
  const json = await lucie([...args, '--json', join(folder, 'texts', 'fr.txt')]);
  const types = json.output
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toEqual(['tokenizer', 'tokenizer', 'file', 'language', 'total']);
});

test('compare: standard input; one that is not there does not cost the others', async () => {
  const args = ['compare', '--tokenizer', 'nowhere', '--tokenizer', 'lucie-demo', '-'];
  const { code, output, errors } = await lucie(args, { input: 'Bonjour' });
  expect(code).toBe(1);
  expect(output).toMatch(/^lucie-demo +6144 +\d/m);
  expect(errors).toMatch(/There is no model nowhere/);
});

test.each([
  ['no text', 'empty', ''],
  ['no UTF-8', 'latin.txt', Buffer.from('été', 'latin1')],
])('compare: %s: code 1 and what to do', async (_name, file, content) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, file), content);
  const { code, errors } = await lucie(['compare', folder]);
  expect(code).toBe(1);
  expect(errors).toContain(`There is no text to count in ${folder}.`);
});

test.runIf(process.platform === 'linux')('a device that is not there: answered on the CPU, and said why', async () => {
  const { code, output, errors } = await lucie(['ask', question, '--device', 'coreml', '--max-tokens', '2']);
  expect(code).toBe(0);
  expect(output).not.toBe('');
  expect(errors).toMatch(/^Runs on cpu; not on coreml: not on this system \(Core ML is a part of macOS\)\n/);
});

test('score: a line for each token, and what they come to', async () => {
  const text = 'La capitale de la France est Paris.';
  const { code, output, errors } = await lucie(['score', text, '--top', '1']);
  expect(code).toBe(0);
  const lines = output.trimEnd().split('\n');
  expect(lines).toHaveLength(9);
  expect(lines[0]).toMatch(/^0\t"<s>"\t–\t–\t–\t/);
  expect(lines[8]).toMatch(/^306\t"\."\t-0\.\d{4}\t1\t0\.\d{4}\t"\." -0\.\d{3}$/);
  expect(errors).toMatch(/^8 tokens, 35 bytes: [\d.]+ nats, [\d.]+ bits\/byte, perplexity [\d.]+ per token$/m);
  const json = await lucie(['score', '--json'], { input: text });
  const summary = JSON.parse(json.output.trimEnd().split('\n').at(-1) ?? '') as { nats: number };
  expect(errors).toContain(`${summary.nats.toFixed(3)} nats`);
});

test('score: how many tokens surprise by how many bits, from standard input too', async () => {
  const { code, output, errors } = await lucie(['score', '-', '--format', 'histogram'], {
    input: `${question} Paris.`,
  });
  const [heading, ...bins] = output.trimEnd().split('\n');
  expect({ code, heading }).toEqual({ code: 0, heading: ' bits  tokens   share' });
  expect(bins[0]).toMatch(/^ {2}0-1 +\d+ +[\d.]+% +█+$/);
  const counted = bins.reduce((sum, bin) => sum + Number(/^ *\S+ +(\d+)/.exec(bin)?.[1]), 0);
  expect(errors).toContain(`${counted} tokens, `);
  expect(counted).toBeGreaterThan(8);
});

test('score: continuations compared, the likely one ahead', async () => {
  const chat = ['--continuation', 'Paris.', '--continuation', 'Rome.', '--json'];
  const { code, output } = await lucie(['score', 'La capitale de la France est ', ...chat]);
  expect(code).toBe(0);
  const scores = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; logProbability: number });
  expect(scores.map((score) => score.text)).toEqual([' Paris.', ' Rome.']);
  expect(scores[0]?.logProbability).toBeGreaterThan(scores[1]?.logProbability ?? 0);
});

test('score: a text longer than the context needs a window', async () => {
  const file = join(temporaryFolder(), 'long.txt');
  writeFileSync(file, 'Bonjour tout le monde. '.repeat(300));
  const refused = await lucie(['score', '--file', file]);
  expect(refused.code).toBe(1);
  expect(refused.errors).toMatch(/reads 1024[\s\S]*window/);
  const { code, output, errors } = await lucie(['score', '--file', file, '--window', '512', '--top', '0']);
  const count = output.trimEnd().split('\n').length;
  expect({ code, enough: count > 1_024 }).toEqual({ code: 0, enough: true });
  expect(errors).toContain(`${count - 1} tokens, 6900 bytes`);
});

/** An answer with its receipt, which may be altered before it is replayed. */
async function receiptOf(options: string[], alter: (receipt: Receipt) => void = () => undefined): Promise<string> {
  const file = join(temporaryFolder(), 'receipt.json');
  const { code } = await lucie(['ask', question, ...options, '--receipt', file]);
  expect(code).toBe(0);
  const receipt = JSON.parse(readFileSync(file, 'utf8')) as Receipt;
  alter(receipt);
  writeFileSync(file, JSON.stringify(receipt));
  return file;
}

const warm = ['--temperature', '1.5', '--max-tokens', '20'];

test('replay: the same ids from the receipt, with a seed that was drawn', async () => {
  const file = await receiptOf(warm);
  const { code, output, errors } = await lucie(['replay', file]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^identical: \d+ tokens\n$/);
});

test('replay: what is not as it was is said first', async () => {
  const file = await receiptOf(warm, ({ runtime, model }) => {
    runtime.onnxruntime = '1.0.0';
    model.weights.forEach((weights) => (weights.sha256 = null));
  });
  const { code, errors } = await lucie(['replay', file]);
  expect(code).toBe(0);
  expect(errors).toMatch(/^warning: ONNX Runtime: recorded 1\.0\.0, here \d/m);
  expect(errors).toMatch(/^warning: weights onnx\/model_q4\.onnx_data: .*no hash recorded/m);
});

test.each<[string, (receipt: Receipt) => void, RegExp]>([
  ['a seed', ({ sampling }) => (sampling.seed = 4), /^diverged at token \d+ of \d+: recorded .*, here /],
  [
    'an id',
    ({ generatedIds }) => (generatedIds[2] = 300),
    /^diverged at token 3 of \d+: recorded 300 ".*" \(log-probability -\d.*\), here 417 "▁de" \(log-probability -\d.*\); margin \d[\d.]+ nats\n$/,
  ],
  [
    'a token more at the end',
    ({ generatedIds }) => generatedIds.push(300),
    /^diverged at token 9 of 9: recorded 300 .*, here the end of the answer\n$/,
  ],
  [
    'a token less at the end',
    ({ generatedIds }) => generatedIds.pop(),
    /^diverged at token 8 of 7: recorded the end of the answer, here 306 "\."/,
  ],
])('replay: %s that was changed shows where the answers part', async (_name, alter, message) => {
  const options =
    _name === 'a seed' ? ['--temperature', '5', '--seed', '3', '--max-tokens', '30'] : ['--temperature', '0'];
  const { code, output } = await lucie(['replay', await receiptOf(options, alter)]);
  expect(code).toBe(3);
  expect(output).toMatch(message);
});

test.each<[string, (receipt: Receipt) => unknown, RegExp]>([
  ['an id outside the vocabulary', ({ generatedIds }) => generatedIds.push(9_999_999), /token 9999999.*6143/],
  ['a negative id', ({ promptIds }) => promptIds.push(-1), /damaged or altered[\s\S]*promptIds/],
  ['a setting that nobody knows', ({ sampling }) => Object.assign(sampling, { luck: 1 }), /altered[\s\S]*luck/],
  ['another version', (receipt) => Object.assign(receipt, { version: 2 }), /version 2.*reads version 1/],
  [
    'another model',
    ({ model }) => (model.graphSha256 = '0'.repeat(64)),
    /None of the models here is lucie-demo[\s\S]*--model/,
  ],
])('replay: a receipt with %s is refused', async (_name, alter, message) => {
  const { code, output, errors } = await lucie(['replay', await receiptOf(['--temperature', '0'], alter)]);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toMatch(message);
  expect(errors).not.toContain('    at ');
});

test('models: the embedded one is listed', async () => {
  const { code, output } = await lucie(['models']);
  expect(code).toBe(0);
  expect(output).toMatch(/^lucie-demo\n.*\n {2}LlamaForCausalLM, 4 layers of 256, vocabulary 6144, context 1024\n/);
});

test.each([
  ['an empty question', ['ask', '  '], /question is empty/],
  ['nothing on standard input', ['ask'], /question is empty/],
  ['a prompt longer than the context', ['ask', 'Bonjour tout le monde. '.repeat(300)], /reads 1024/],
  ['a model that is not there', ['ask', question, '--model', '/nowhere'], /no model \/nowhere[\s\S]*Choose/],
])('%s: code 1 and what to do', async (_name, args, message) => {
  const { code, output, errors } = await lucie(args);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toMatch(message);
});

test.each([
  ['no weights', (folder: string) => rmSync(join(folder, 'onnx/model_q4.onnx_data')), /model_q4\.onnx_data/],
  ['truncated weights', (folder: string) => truncateSync(join(folder, 'onnx/model_q4.onnx_data'), 1_000), /model_q4/],
  ['a truncated graph', (folder: string) => truncateSync(join(folder, 'onnx/model_q4.onnx'), 9_000), /model_q4\.onnx/],
  ['no graph', (folder: string) => rmSync(join(folder, 'onnx'), { recursive: true }), /onnx/],
  ['no tokenizer', (folder: string) => rmSync(join(folder, 'tokenizer.json')), /tokenizer\.json/],
  [
    'a tokenizer that is no JSON',
    (folder: string) => writeFileSync(join(folder, 'tokenizer.json'), '{'),
    /tokenizer\.json/,
  ],
  [
    'a graph that is a picture',
    (folder: string) => copyFileSync(join(folder, 'config.json'), join(folder, 'onnx/model_q4.onnx')),
    /model_q4\.onnx/,
  ],
])('a model folder with %s: code 1, the file named', async (_name, damage, message) => {
  const folder = copyOfDemo();
  damage(folder);
  const { code, errors } = await lucie(['ask', question, '--model', folder]);
  expect(code).toBe(1);
  expect(errors).toMatch(message);
  expect(errors).not.toContain('    at ');
});

test('a graph of another shape than the configuration says: code 1, both numbers named', async () => {
  const folder = copyOfDemo();
  const path = join(folder, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as { num_key_value_heads: number };
  writeFileSync(path, JSON.stringify({ ...config, num_key_value_heads: 4 }));
  const { code, errors } = await lucie(['ask', question, '--model', folder]);
  expect(code).toBe(1);
  expect(errors).toMatch(
    /past_key_values\.0\.key[\s\S]*\b2\b[\s\S]*\b4\b|past_key_values\.0\.key[\s\S]*\b4\b[\s\S]*\b2\b/,
  );
});

test.each([
  [['dance'], /no command "dance"/],
  [['toString'], /no command "toString"/],
  [['ask', question, '--temperature', 'hot'], /--temperature needs a number/],
  [['ask', question, '--volume', '11'], /volume/],
  [['ask', question, '--device', 'gpu'], /--device needs auto, cpu, webgpu/],
  [['score', 'Bonjour', '--format', 'xml'], /--format needs table, json, histogram, not "xml"/],
  [['score', 'Bonjour', '--json', '--format', 'table'], /Give --json or --format table, not both/],
  [['score', 'Bonjour', '--top', '1000'], /--top needs a whole number from 0 to 100/],
  [['score', 'Bonjour', '--window', '8', '--stride', '8'], /--stride needs a whole number from 1 to 7/],
  [['tokens', 'Bonjour', '--json', '--ids'], /--json or --ids/],
  [['tokens', 'Bonjour', '--file', 'x'], /a text or --file/],
  [['compare', '-', 'x'], /- or files/],
  [['replay'], /one receipt/],
  [['serve', '--port', 'x'], /--port needs a number/],
])('wrong usage %j: code 2 and the usage', async (args, message) => {
  const { code, errors } = await lucie(args);
  expect(code).toBe(2);
  expect(errors).toMatch(message);
  expect(errors).toContain('lucie ask');
});

test('a reader that leaves early is no failure', async () => {
  const child = spawn(process.execPath, [sourceEntry, 'tokens', '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin.end('mot '.repeat(60_000));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(0);
  expect(errors).not.toContain('EPIPE');
});

const isBuilt = existsSync(join(repositoryFolder, 'out/renderer/index.html'));

test.skipIf(!isBuilt)('serve: a data folder that is a file is refused by name', async () => {
  const data = join(temporaryFolder(), 'file');
  writeFileSync(data, '');
  const { code, errors } = await lucie(['serve', '--data', data]);
  expect(code).toBe(1);
  expect(errors).toContain(`The data folder ${data} cannot be written.`);
});

test.skipIf(!isBuilt)(
  'serve: a log that cannot be written costs the log only, and Ctrl+C ends it at once',
  async () => {
    const data = temporaryFolder();
    mkdirSync(join(data, 'workbench.log'));
    const { code, output, errors } = await lucie(['serve', '--data', data], { interruptAfter: '#token=' });
    expect(code).toBe(0);
    expect(output).toContain('Lucie Workbench is at http://127.0.0.1:');
    expect(errors).toMatch(/^workbench\.log cannot be written/);
    expect(existsSync(join(data, 'workbench.lock'))).toBe(false);
  },
);
