/** Grammars to begin with, one or two of each kind. */
import type { Grammar } from '../../main/contract/sampling.ts';

export type GrammarExample = 'person' | 'list' | 'date' | 'yesNo' | 'bullets';

const asJson = (schema: object) => JSON.stringify(schema, null, 2);

export const grammarExamples: Record<GrammarExample, Grammar> = {
  person: {
    type: 'json-schema',
    source: asJson({
      type: 'object',
      properties: { nom: { type: 'string' }, ville: { type: 'string' }, naissance: { type: 'integer' } },
      required: ['nom', 'ville', 'naissance'],
      additionalProperties: false,
    }),
  },
  list: {
    type: 'json-schema',
    source: asJson({ type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 5 }),
  },
  date: { type: 'regex', source: '[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' },
  yesNo: { type: 'gbnf', source: 'root ::= "Oui" | "Non"' },
  bullets: { type: 'gbnf', source: 'root ::= point point point\npoint ::= "- " [^\\n]+ "\\n"' },
};

export const grammarExampleIds = Object.keys(grammarExamples) as GrammarExample[];
