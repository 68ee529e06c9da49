/**
 * The colours of Jinja, the language of chat templates. Monaco has a grammar for its relative Twig, which loses its way in the strings
 * over several lines that chat templates are full of.
 */
import * as monaco from 'monaco-editor/editor';

const keywords = (
  'and break call continue elif else endcall endfilter endfor endgeneration endif endmacro endset filter for generation if in is ' +
  'macro not or recursive set'
).split(' ');

export function registerJinja(): void {
  monaco.languages.register({ id: 'jinja' });
  monaco.languages.setMonarchTokensProvider('jinja', {
    keywords,
    constants: ['true', 'false', 'none', 'True', 'False', 'None'],
    defaultToken: '',
    tokenizer: {
      root: [
        [/{#/, 'comment', '@comment'],
        [/{[%{]-?/, 'delimiter', '@code'],
        [/[^{]+|{/, ''],
      ],
      comment: [
        [/#}/, 'comment', '@pop'],
        [/[^#]+|#/, 'comment'],
      ],
      code: [
        [/-?[%}]}/, 'delimiter', '@pop'],
        [/'/, 'string', '@single'],
        [/"/, 'string', '@double'],
        [/\d+(\.\d+)?/, 'number'],
        [/[A-Za-z_]\w*/, { cases: { '@keywords': 'keyword', '@constants': 'number', '@default': 'variable' } }],
        [/\s+/, ''],
        [/./, 'delimiter'],
      ],
      single: [
        [/\\./, 'string'],
        [/'/, 'string', '@pop'],
        [/[^'\\]+|\\$/, 'string'],
      ],
      double: [
        [/\\./, 'string'],
        [/"/, 'string', '@pop'],
        [/[^"\\]+|\\$/, 'string'],
      ],
    },
  });
}
