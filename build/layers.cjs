/**
 * Who may import whom (docs/architecture.md). Checked by `npm run check:layers`.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const services = [
  'engine',
  'tokenizer',
  'chat',
  'convert',
  'dataset',
  'hub',
  'models',
  'receipt',
  'settings',
  'side-by-side',
  'tokens',
];
const hosts = '^main/(electron|web|cli|app)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A circle hides who owns what.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'An import that resolves to nothing.',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?worker', '\\?url', '^virtual:'] },
    },
    {
      name: 'renderer-imports-contract-only',
      severity: 'error',
      comment: 'The renderer reaches the main side through the contract and nothing else.',
      from: { path: '^renderer/' },
      to: { path: '^(main|native-models|test|build)/', pathNot: '^main/contract/' },
    },
    {
      name: 'contract-imports-schemas-only',
      severity: 'error',
      comment: 'The contract is shared by every process; it may need only the schema and contract libraries.',
      from: { path: '^main/contract/' },
      to: { pathNot: ['^main/contract/', '^node_modules/(zod|@orpc/contract)/'] },
    },
    {
      name: 'native-models-stand-alone',
      severity: 'error',
      comment: 'The exporter must run without the workbench.',
      from: { path: '^native-models/' },
      to: { path: '^(main|renderer|test|build)/' },
    },
    {
      name: 'native-models-through-its-entries',
      severity: 'error',
      comment: 'The workbench uses what the exporter offers, not what it is made of.',
      from: { path: '^(main|renderer)/' },
      to: { path: '^native-models/', pathNot: ['^native-models/(index|formats|graphs)\\.ts$'] },
    },
    {
      name: 'only-electron-imports-electron',
      severity: 'error',
      comment: 'Services do not know which host they run in.',
      from: { path: '^(main|renderer|native-models)/', pathNot: '^main/electron/' },
      to: { path: '^(node_modules/)?electron($|/)' },
    },
    {
      name: 'services-do-not-know-hosts',
      severity: 'error',
      comment: 'Hosts start services, never the other way round.',
      from: { path: '^main/', pathNot: hosts },
      to: { path: hosts },
    },
    {
      name: 'foundations-do-not-know-services',
      severity: 'error',
      comment: 'What every service stands on stands on no service.',
      from: { path: '^main/(contract|files|logger|packing|process|progress|security|watch)/' },
      to: { path: `^main/(rpc|${services.join('|')})/` },
    },
    {
      name: 'services-do-not-know-rpc-router',
      severity: 'error',
      comment: 'The router calls services; a service that calls the router is a circle in disguise.',
      from: { path: `^main/(${services.join('|')})/` },
      to: { path: '^main/rpc/router' },
    },
    ...services.map((service) => ({
      name: `service-${service}-through-its-index`,
      severity: 'error',
      comment: 'Another folder of the main side reaches a service through its index file.',
      from: { path: '^main/', pathNot: `^main/${service}/` },
      to: { path: `^main/${service}/`, pathNot: [`^main/${service}/index\\.ts$`] },
    })),
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      comment: 'Tests are outside.',
      from: { path: '^(main|renderer|native-models|build)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Packages stay in sight, though they are not followed: two rules are about them.
    exclude: { path: '^out/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'svelte', 'browser'],
    },
  },
};
