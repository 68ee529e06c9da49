import { expect, test } from 'vitest';
import { ebnfOfGbnf } from '../../../../main/engine/sampling/gbnf.ts';

test.each([
  ['root ::= . "."', 'root ::= [\\u0000-\\U0010ffff] "."'],
  ['root ::= [.\\]] .', 'root ::= [.\\]] [\\u0000-\\U0010ffff]'],
  ['# a. comment "\nroot ::= "\\"." # b.', '# a. comment "\nroot ::= "\\"." # b.'],
])('%j', (gbnf, ebnf) => {
  expect(ebnfOfGbnf(gbnf)).toBe(ebnf);
});
