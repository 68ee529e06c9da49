/** Type-aware linting for the Node side (floating promises are bugs there); the renderer is checked by svelte-check. */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const nodeSources = ['main/**/*.ts', 'native-models/**/*.ts', 'build/**/*.ts'];

export default ts.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'test/artefacts/',
      'native-models/onnx/schema/*_pb.ts',
      // AssemblyScript: another language in the same clothes.
      'native-models/quantize/kernel/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: nodeSources,
    languageOptions: { globals: globals.node, parserOptions: { project: './tsconfig.node.json' } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['main/electron/preload/**/*.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { project: './tsconfig.preload.json' } },
  },
  { files: ['main/cli/**', 'build/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['build/**/*.{cjs,mjs}', '*.js'], languageOptions: { globals: globals.node } },
  { files: ['renderer/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: { 'svelte/require-each-key': 'error', 'prefer-const': 'off' },
  },
);
