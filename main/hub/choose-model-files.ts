/** Which files of a repository make a model: weights in one form, and what is needed to read and use them. */
import { WorkbenchError } from '../contract/errors.ts';
import type { HubFile } from './list-files.ts';

export type ModelForm = 'onnx' | 'safetensors';

const companions = [
  /^(config|generation_config|genai_config|workbench)\.json$/,
  /^tokenizer(_config)?\.json$/,
  /^tokenizer\.model$/,
  /^(special_tokens_map|added_tokens|vocab)\.json$/,
  /^merges\.txt$/,
  /^chat_template\.(jinja|json)$/,
  /^(README|LICEN[CS]E|NOTICE)(\.(md|txt))?$/i,
];
/** The graphs that this workbench and transformers.js share; a repository often has ten more of the same weights. */
const knownGraph = /^onnx\/model(_q4|_q4f16|_q4_kv8)?\.onnx(_data(_\d+)?)?$/;
const anyGraph = /^onnx\/[^/]+\.onnx([._]data(_\d+)?)?$/;
const shard = /^model-(\d{5})-of-(\d{5})\.safetensors$/;
const index = 'model.safetensors.index.json';

/**
 * `form` null takes ONNX where there is some, else safetensors.
 * @throws WorkbenchError `MODEL_FILE_MISSING` where the repository holds no such model, or only a part of one.
 */
export function chooseModelFiles(files: readonly HubFile[], form: ModelForm | null): HubFile[] {
  if (!files.some(({ path }) => path === 'config.json')) throw missing('config.json', 'so it is not a model', files);
  const onnx = onnxOf(files);
  const safetensors = safetensorsOf(files);
  if (form === 'onnx' && onnx.length === 0) throw missing('onnx/*.onnx', 'ask for --safetensors', files);
  const weights = form === 'safetensors' || (form === null && onnx.length === 0) ? safetensors : onnx;
  if (weights.length === 0) throw missing('*.safetensors', 'nothing that can be read here', files);
  return [...files.filter(({ path }) => companions.some((pattern) => pattern.test(path))), ...weights];
}

function onnxOf(files: readonly HubFile[]): HubFile[] {
  const known = files.filter(({ path }) => knownGraph.test(path));
  const found = known.some(({ path }) => path.endsWith('.onnx'))
    ? known
    : files.filter(({ path }) => anyGraph.test(path));
  return found.some(({ path }) => path.endsWith('.onnx')) ? found : [];
}

function safetensorsOf(files: readonly HubFile[]): HubFile[] {
  const shards = files.filter(({ path }) => shard.test(path));
  const [first] = shards;
  if (first === undefined) {
    const single = files.filter(({ path }) => path === 'model.safetensors');
    return single.length > 0 ? single : files.filter(({ path }) => /^[^/]+\.safetensors$/.test(path));
  }
  const count = Number(shard.exec(first.path)?.[2]);
  for (let number = 1; number <= count; number++) {
    const name = `model-${String(number).padStart(5, '0')}-of-${String(count).padStart(5, '0')}.safetensors`;
    if (!shards.some(({ path }) => path === name)) throw missing(name, `one of ${count} parts of the weights`, files);
  }
  const indexFile = files.find(({ path }) => path === index);
  if (indexFile === undefined) throw missing(index, 'the index of the weights', files);
  return [indexFile, ...shards];
}

function missing(file: string, why: string, files: readonly HubFile[]): WorkbenchError {
  const others = [
    ['.bin', 'PyTorch weights (.bin) are not read: such a file can run code.'],
    ['.gguf', 'GGUF weights are not read.'],
  ] as const;
  const notes = others.filter(([ending]) => files.some(({ path }) => path.endsWith(ending))).map(([, note]) => note);
  const message = [`The repository has no ${file} (${why}).`, ...notes].join(' ');
  return new WorkbenchError('MODEL_FILE_MISSING', message, {
    action: 'Choose a repository or revision with safetensors or ONNX weights.',
    details: { file },
  });
}
