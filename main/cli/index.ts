#!/usr/bin/env node
/** The command line: one file a command; errors of the family are printed with what to do, and end with code 1. */
import { entryFiles } from '../app/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { UsageError } from './arguments.ts';
import { ask } from './ask.ts';
import { compare } from './compare.ts';
import { models } from './models.ts';
import { replay } from './replay.ts';
import { score } from './score.ts';
import { serve } from './serve.ts';
import { tokens } from './tokens.ts';
import { usage } from './usage.ts';

const commands = { ask, compare, models, replay, score, serve, tokens };

// The reader of a pipe may leave early (`lucie tokens … | head`): then nothing is left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const [name = '', ...args] = process.argv.slice(2);
process.exitCode = await run(name, args);

async function run(name: string, args: string[]): Promise<number> {
  if (['', 'help', '--help', '-h'].includes(name) || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  if (!Object.hasOwn(commands, name)) return wrongUsage(`There is no command "${name}".`);
  try {
    return await commands[name as keyof typeof commands](args, entryFiles(import.meta.filename));
  } catch (thrown) {
    if (thrown instanceof UsageError || isParseArgsError(thrown)) return wrongUsage(thrown.message);
    const error = WorkbenchError.from(thrown);
    process.stderr.write(`${error.message}\n${error.action}\n`);
    if (error.code === 'INTERNAL' && error.cause instanceof Error) process.stderr.write(`${error.cause.stack}\n`);
    return 1;
  }
}

function wrongUsage(message: string): number {
  process.stderr.write(`${message}\n\n${usage}`);
  return 2;
}

function isParseArgsError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && String((thrown as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}
