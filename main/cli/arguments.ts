/** Command-line values, checked before anything is started. */
import { text as readAll } from 'node:stream/consumers';
import { deviceSchema, deviceWishSchema, type DeviceWish } from '../contract/devices.ts';
import { WorkbenchError } from '../contract/errors.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function deviceFrom(value: string | undefined, otherwise: DeviceWish = 'auto'): DeviceWish {
  if (value === undefined) return otherwise;
  const parsed = deviceWishSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(`--device needs auto, ${deviceSchema.options.join(', ')}, not "${value}".`);
}

/** Where a workbench keeps its data. */
export const dataOption = { data: { type: 'string' } } as const;

/** The one word that a command needs. */
export function onlyPositional(positionals: readonly string[], needed: string): string {
  const [only] = positionals;
  if (only !== undefined && positionals.length === 1) return only;
  throw new UsageError(needed);
}

export function portFrom(value: string | undefined): number {
  const port = Number(value ?? '0');
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(`--port needs a number from 0 to 65535, not "${value}".`);
}

/** `null` where the option is left out. */
export function wholeNumber(name: string, value: string | undefined, least: number, most = Infinity): number | null {
  if (value === undefined) return null;
  const parsed = Number(value);
  if (value.trim() !== '' && Number.isInteger(parsed) && parsed >= least && parsed <= most) return parsed;
  const range = most === Infinity ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`--${name} needs a whole number ${range}, not "${value}".`);
}

/** The words of the command line, or standard input where there are none or `-`. */
export async function textFrom(positionals: readonly string[]): Promise<string> {
  const words = positionals.join(' ');
  if (words !== '' && words !== '-') return words;
  if (positionals.length === 0 && process.stdin.isTTY) {
    throw new WorkbenchError('PROMPT_EMPTY', 'There is no text.', {
      action: 'Give it in quotation marks, or pipe it into standard input.',
    });
  }
  return readAll(process.stdin);
}
