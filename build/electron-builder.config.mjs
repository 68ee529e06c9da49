/**
 * What the packaged application holds: the three bundles and the production packages in an archive, native libraries beside
 * it because the system's loader reads no archives, and the embedded model and sample as plain resources.
 */

const files = [
  'out/**',
  // Without `runAsNode` nothing could start the command line.
  '!out/main/cli.js',
  'package.json',
  // Node itself, which only a checkout needs.
  '!node_modules/node-{linux,win}-*/**',
  '!node_modules/onnxruntime-node/script/**',
  '!**/*.{map,ts,mts,cts}',
];

/**
 * The files of one target, without the native ones of the others. Written out for each, because `${platform}` is the
 * building machine's, and because electron-builder packs everything where a target adds exclusions only.
 * @param {'linux' | 'win32' | 'darwin'} platform
 * @param {string} abi the suffix of the tokenizers' binaries
 */
const filesFor = (platform, abi) => [
  ...files,
  `!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**`,
  '!node_modules/onnxruntime-node/bin/napi-v6/*/!(${arch})/**',
  `!node_modules/tokenizers/tokenizers.!(${platform}-\${arch}${abi}).node`,
  `!node_modules/@duckdb/node-bindings-!(${platform}-\${arch})/**`,
];

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'lucie.workbench',
  productName: 'Lucie Workbench',
  directories: { output: 'dist', buildResources: 'build' },
  icon: 'icons/icon.png',
  // Their binaries follow Node-API: the ones that npm installed fit Electron as they are.
  npmRebuild: false,
  // Required by the deb format; the workbench has no page of its own, the model has.
  extraMetadata: { homepage: 'https://huggingface.co/OpenLLM-France/Lucie-7B' },
  asar: true,
  asarUnpack: ['**/*.node', 'node_modules/onnxruntime-node/bin/**', 'node_modules/@duckdb/node-bindings-*/**'],
  extraResources: [
    // The weights from which the ONNX files were made are not needed to run them.
    {
      from: 'native-models/demo/lucie-demo',
      to: 'native-models/demo/lucie-demo',
      filter: ['**/*', '!model.safetensors'],
    },
    { from: 'native-models/demo/sample-data', to: 'native-models/demo/sample-data' },
    {
      from: 'native-models/calibrate/calibration-text.txt',
      to: 'native-models/calibrate/calibration-text.txt',
    },
    { from: 'LICENSE', to: 'LICENSE.lucie-workbench.txt' },
  ],
  // Services are utility processes, so that the program need not be usable as Node; nothing may be injected from outside.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['AppImage', 'deb', 'tar.gz'],
    executableName: 'lucie-workbench',
    category: 'Science',
    maintainer: 'Lucie Workbench',
    synopsis: 'A desktop workbench for Lucie-7B',
    files: filesFor('linux', '-gnu'),
  },
  win: { target: 'nsis', files: filesFor('win32', '-msvc') },
  mac: {
    // ONNX Runtime has no binary for Intel Macs.
    target: { target: 'dmg', arch: ['arm64'] },
    category: 'public.app-category.developer-tools',
    files: filesFor('darwin', ''),
  },
};
