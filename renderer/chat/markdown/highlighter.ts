/**
 * Code cut into runs of one colour, by highlight.js (https://highlightjs.org); loaded only when an answer holds code. Its emitter is
 * replaced so that it gives runs of text: no HTML is made.
 */
import core from 'highlight.js/lib/core';
import type { Emitter, LanguageFn } from 'highlight.js';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import julia from 'highlight.js/lib/languages/julia';
import kotlin from 'highlight.js/lib/languages/kotlin';
import latex from 'highlight.js/lib/languages/latex';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { codeKind, type CodeRun } from './code-runs.ts';

const languages: Record<string, LanguageFn> = {
  ...{
    bash,
    c,
    cpp,
    csharp,
    css,
    diff,
    dockerfile,
    go,
    ini,
    java,
    javascript,
    json,
    julia,
    kotlin,
    latex,
    lua,
    makefile,
  },
  ...{ markdown, php, powershell, python, r, ruby, rust, shell, sql, swift, typescript, xml, yaml },
};

class RunEmitter implements Emitter {
  readonly runs: CodeRun[] = [];
  readonly #scopes: string[] = [];

  startScope(name: string): void {
    this.#scopes.push(name);
  }

  endScope(): void {
    this.#scopes.pop();
  }

  /** What highlight.js itself calls for a part that a rule begins; `startScope` it calls for a single word. */
  openNode(name: string): void {
    this.#scopes.push(name);
  }

  closeNode(): void {
    this.#scopes.pop();
  }

  addText(text: string): void {
    if (text !== '') this.#add({ kind: codeKind(this.#scopes), text });
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof RunEmitter) for (const run of emitter.runs) this.#add(run);
  }

  finalize(): void {
    this.#scopes.length = 0;
  }

  /** Never asked for: the runs are read. */
  toHTML(): string {
    return '';
  }

  #add(run: CodeRun): void {
    const last = this.runs.at(-1);
    if (last?.kind === run.kind) this.runs[this.runs.length - 1] = { kind: run.kind, text: last.text + run.text };
    else this.runs.push(run);
  }
}

const highlighter = core.newInstance();
for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);
highlighter.configure({ __emitter: RunEmitter });

/** Runs that make up the whole code; `null` for a language that is not known here. */
export function codeRuns(code: string, language: string): CodeRun[] | null {
  if (highlighter.getLanguage(language) === undefined) return null;
  const { _emitter: emitter } = highlighter.highlight(code, { language, ignoreIllegals: true });
  if (!(emitter instanceof RunEmitter)) return null;
  // A grammar that lost a character must not change what is shown.
  return emitter.runs.map(({ text }) => text).join('') === code ? emitter.runs : null;
}
