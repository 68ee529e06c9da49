import { describe, expect, it } from 'vitest';
import { chooseModelFiles, type HubFile } from '../../../main/hub/index.ts';

const files = (...paths: string[]): HubFile[] =>
  paths.map((path) => ({ path, byteLength: 1, hash: { algorithm: 'sha256', value: '' } }));
const chosen = (paths: string[], form: 'onnx' | 'safetensors' | null = null): string[] =>
  chooseModelFiles(files(...paths), form)
    .map(({ path }) => path)
    .sort();

const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors', 'model.safetensors.index.json'];
const common = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];

describe('the files of a model', () => {
  it('are its shards with their index, and what is needed to use them: no images, no second form of the weights', () => {
    const others = ['.gitattributes', 'assets/logo.png', 'pytorch_model.bin', 'consolidated.safetensors', 'x.gguf'];
    const useful = ['README.md', 'LICENSE', 'special_tokens_map.json', 'chat_template.jinja', 'tokenizer.model'];
    expect(chosen([...common, ...shards, ...useful, ...others])).toEqual([...common, ...shards, ...useful].sort());
  });

  it('are the one file where the weights are not in shards', () => {
    expect(chosen(['config.json', 'model.safetensors', 'adapter.safetensors'])).toEqual([
      'config.json',
      'model.safetensors',
    ]);
  });

  it('are ONNX where there is some, of the known graphs only; or what is asked for', () => {
    const known = [
      'onnx/model_q4.onnx',
      'onnx/model_q4.onnx_data',
      'onnx/model_q4.onnx_data_1',
      'onnx/model_q4_kv8.onnx',
    ];
    const repository = ['config.json', 'model.safetensors', ...known, 'onnx/model_uint8.onnx', 'onnx/model_fp16.onnx'];
    expect(chosen(repository)).toEqual(['config.json', ...known].sort());
    expect(chosen(repository, 'onnx')).toEqual(['config.json', ...known].sort());
    expect(chosen(repository, 'safetensors')).toEqual(['config.json', 'model.safetensors']);
    expect(chosen(['config.json', 'onnx/decoder.onnx', 'onnx/decoder.onnx.data'])).toHaveLength(3);
  });

  it.each([
    ['no config.json', ['model.safetensors'], null, /no config\.json/],
    ['PyTorch weights only', ['config.json', 'pytorch_model.bin'], null, /can run code/],
    ['GGUF only', ['config.json', 'lucie.gguf'], null, /GGUF/],
    ['a shard missing', ['config.json', ...shards.slice(1)], null, /model-00001-of-00002/],
    ['no index', ['config.json', ...shards.slice(0, 2)], null, /index\.json/],
    ['data without a graph', ['config.json', 'onnx/model.onnx_data'], null, /safetensors/],
    ['no ONNX though asked for', ['config.json', 'model.safetensors'], 'onnx', /--safetensors/],
    ['no safetensors though asked for', ['config.json', 'onnx/model.onnx'], 'safetensors', /safetensors/],
  ] as const)('%s: refused by name', (_name, paths, form, message) => {
    expect(() => chooseModelFiles(files(...paths), form)).toThrow(
      expect.objectContaining({ code: 'MODEL_FILE_MISSING', message: expect.stringMatching(message) as string }),
    );
  });
});
