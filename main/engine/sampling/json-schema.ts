/**
 * A JSON schema as XGrammar 0.1.27 is given it: patterns in a form that it reads rightly, and no keyword that it would pass over
 * in silence, so that what is asked for is what is kept.
 */
import { readableClasses } from './character-classes.ts';
import { invalidGrammar } from './invalid-grammar.ts';

/** Assertions that change nothing in the grammar that the library makes (compared with and without). */
const passedOver = new Set([
  ...['not', 'if', 'then', 'else', 'contains', 'minContains', 'maxContains', 'uniqueItems', 'unevaluatedItems'],
  ...['additionalItems', 'dependentRequired', 'dependentSchemas', 'dependencies'],
]);
const schemasByName = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const data = new Set(['enum', 'const', 'default', 'examples']);

/** @throws WorkbenchError `GRAMMAR_INVALID` */
export function readableSchema(source: string): string {
  let schema: unknown;
  try {
    schema = JSON.parse(source);
  } catch (cause) {
    throw invalidGrammar(`the schema is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  return JSON.stringify(readable(schema));
}

function readable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(readable);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
      if (passedOver.has(keyword) && value !== false) {
        throw invalidGrammar(`the keyword "${keyword}" is not supported in a JSON schema`);
      }
      if (keyword === 'pattern' && typeof value === 'string') return [keyword, readableClasses(value, 'regex')];
      if (schemasByName.has(keyword)) return [keyword, readableByName(value, keyword === 'patternProperties')];
      return [keyword, data.has(keyword) ? value : readable(value)];
    }),
  );
}

function readableByName(schemas: unknown, namesArePatterns: boolean): unknown {
  if (typeof schemas !== 'object' || schemas === null || Array.isArray(schemas)) return schemas;
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]: [string, unknown]) => [
      namesArePatterns ? readableClasses(name, 'regex') : name,
      readable(schema),
    ]),
  );
}
