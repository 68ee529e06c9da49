/**
 * XGrammar (Dong et al. 2024, arXiv:2411.15100) as WebAssembly, which decides for a whole vocabulary at once which tokens a
 * grammar lets come. Loaded when a grammar is first used.
 *
 * The package (0.1.27) is CommonJS that calls itself an ES module, so neither `import` nor `require` can load it: here its file is
 * compiled as a function. It gets no `process`, `require` or `fetch`: the WebAssembly is inside the file, and it has no business
 * outside. It reports errors by aborting, with the reason on the console: that is caught, and the instance thrown away, as
 * Emscripten promises nothing for it afterwards.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type * as XGrammar from '@mlc-ai/web-xgrammar';

export type { CompiledGrammar, GrammarCompiler, GrammarMatcher, TokenizerInfo } from '@mlc-ai/web-xgrammar';

export class XGrammarInstance {
  readonly api: typeof XGrammar;
  readonly #messages: string[];

  private constructor(api: typeof XGrammar, messages: string[]) {
    this.api = api;
    this.#messages = messages;
  }

  static async load(): Promise<XGrammarInstance> {
    const path = createRequire(import.meta.url).resolve('@mlc-ai/web-xgrammar');
    const messages: string[] = [];
    const log = (...parts: unknown[]): void => {
      messages.push(parts.map(String).join(' '));
    };
    const exports: Partial<typeof XGrammar> = {};
    const withheld = { process: undefined, require: undefined, fetch: undefined };
    const given = {
      exports,
      module: { exports },
      console: { log, warn: log, error: log },
      location: { href: 'file:///' },
    };
    const scope = { ...given, ...withheld };
    const run = compileFunction(await readFile(path, 'utf8'), Object.keys(scope), { filename: path }) as (
      ...values: unknown[]
    ) => void;
    run(...Object.values(scope));
    return new XGrammarInstance(exports as typeof XGrammar, messages);
  }

  /** What it wrote since the last time that this was asked. */
  takeMessages(): string {
    return this.#messages.splice(0).join('\n');
  }
}
