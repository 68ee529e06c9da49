/** A published model folder as the exporter reads it: one weights file and the small files around it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportError } from '../export-error.ts';

export const weightsFileName = 'model.safetensors';
export const configFileName = 'config.json';
export const generationConfigFileName = 'generation_config.json';

/** Taken over byte for byte. */
export const tokenizerFileNames = ['tokenizer.json', 'tokenizer_config.json'] as const;
export const optionalFileNames = ['special_tokens_map.json'] as const;

/** Throws `source.missing`. */
export async function readSourceFile(folder: string, name: string): Promise<Uint8Array> {
  const bytes = await readOptionalSourceFile(folder, name);
  if (bytes !== null) return bytes;
  throw new ExportError('source.missing', `${folder} holds no ${name}.`, {
    action: 'Give the folder of a Hugging Face model: weights, configuration and tokenizer.',
    details: { folder, file: name },
  });
}

/** `null` where there is no such file. */
export async function readOptionalSourceFile(folder: string, name: string): Promise<Uint8Array | null> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ExportError('source.missing', `${join(folder, name)} cannot be read.`, {
      action: 'Check the permissions of this file.',
      details: { folder, file: name },
      cause,
    });
  }
}

/** Throws `config.invalid` where the file is not a JSON object. */
export function parseJsonObject(name: string, bytes: Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw notAnObject(name, cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw notAnObject(name);
  return parsed as Record<string, unknown>;
}

function notAnObject(name: string, cause?: unknown): ExportError {
  return new ExportError('config.invalid', `${name} is not a JSON object.`, {
    action: 'Fetch this file again: it is damaged.',
    details: { file: name },
    cause,
  });
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
