/**
 * Chromium loads no scheme it does not know, so that `app://host/` is shown to it as `https://host.app-scheme.test/`: a
 * secure standard origin too. Every request is answered by the test; the name exists nowhere.
 */
const suffix = '.app-scheme.test';

export function toPageAddress(url: string): string {
  const { protocol, host } = new URL(url);
  return protocol === 'app:' ? url.replace(`app://${host}`, `https://${host}${suffix}`) : url;
}

export function toElectronAddress(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host } = new URL(url);
  if (protocol !== 'https:' || !host.endsWith(suffix)) return url;
  return url.replace(`https://${host}`, `app://${host.slice(0, -suffix.length)}`);
}
