/** Draws `icon.png` (512 x 512), which the installers are given, from the renderer's `icon.svg`: run it after changing that. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const size = 512;
const drawing = await readFile(resolve(import.meta.dirname, '../../renderer/icon.svg'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: size, height: size } });
await page.setContent(
  `<body style="margin:0"><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${drawing.toString('base64')}">`,
);
await page.screenshot({ path: join(import.meta.dirname, 'icon.png'), omitBackground: true });
await browser.close();
