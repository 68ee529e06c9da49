/**
 * Prompt templates: plain text with variables. `{{texte}}` asks for a value, `{{langue|français}}` proposes one; a name is letters, digits,
 * `_`, `-` and single spaces. `\{{` is two braces and no variable. Anything else between braces is text, so that programs and JSON need
 * no escaping: nothing in a template is ever an error.
 */
export interface TemplateVariable {
  name: string;
  /** Proposed; empty: nothing. Of the first place that proposes something. */
  proposed: string;
}

type Part = { kind: 'text'; text: string } | { kind: 'variable'; name: string; proposed: string };

const marks =
  /\\\{\{|\{\{\s*(?<name>[\p{L}_][\p{L}\p{M}\p{N}_-]*(?: [\p{L}\p{M}\p{N}_-]+)*)\s*(?:\|(?<proposed>[^{}]*))?\}\}/gu;

/** In order of their first places, each once. */
export function variablesOf(template: string): TemplateVariable[] {
  const variables = new Map<string, TemplateVariable>();
  for (const part of partsOf(template)) {
    if (part.kind !== 'variable') continue;
    const known = variables.get(part.name);
    if (known === undefined) variables.set(part.name, { name: part.name, proposed: part.proposed });
    else if (known.proposed === '') known.proposed = part.proposed;
  }
  return [...variables.values()];
}

/** A value is put in as it is: what looks like a variable in it is none. A variable without a value has the one that is proposed. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const proposed = new Map(variablesOf(template).map((variable) => [variable.name, variable.proposed]));
  return partsOf(template)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      return Object.hasOwn(values, part.name) ? (values[part.name] ?? '') : (proposed.get(part.name) ?? '');
    })
    .join('');
}

function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of template.matchAll(marks)) {
    parts.push({ kind: 'text', text: template.slice(end, match.index) });
    const name = match.groups?.name;
    parts.push(
      name === undefined
        ? { kind: 'text', text: '{{' }
        : { kind: 'variable', name: name.normalize('NFC'), proposed: match.groups?.proposed?.trim() ?? '' },
    );
    end = match.index + match[0].length;
  }
  parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}
