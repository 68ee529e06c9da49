/** The browser that stands for Electron's windows: a context in which no request goes out. */
import { launchChromium as launch, type Chromium } from '../../fixtures/chromium.ts';

export type { Chromium };

export async function launchChromium(locale: string): Promise<Chromium> {
  const chromium = await launch({ locale, viewport: { width: 1_440, height: 900 } });
  // Pages answer their own requests; this is for a popup's first one, which comes before its page is known.
  await chromium.context.route('**/*', (route) => route.abort('blockedbyclient'));
  return chromium;
}
