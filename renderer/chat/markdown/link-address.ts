/**
 * Where a link really leads: the host as it is looked up, so that letters that only look Latin show their `xn--` form, and what stands
 * before an `@` does not pass for a host.
 */
const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

export interface LinkAddress {
  /** As the browser will ask for it. */
  readonly href: string;
  /** The host of a web address; of a mail address the part behind the last `@`. */
  readonly host: string;
}

/** `null` for what may not become a link: anything but whole web and mail addresses. */
export function linkAddress(written: string): LinkAddress | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(written)) return null;
  const url = URL.parse(written);
  if (url === null || !SAFE_PROTOCOLS.has(url.protocol)) return null;
  const host = url.protocol === 'mailto:' ? url.pathname.slice(url.pathname.lastIndexOf('@') + 1) : url.host;
  return host === '' ? null : { href: url.href, host };
}

/** Whether a link's text names a host that is not the one it leads to. */
export function namesOtherHost(text: string, host: string): boolean {
  const named = text.match(/(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/gu) ?? [];
  const real = host.toLowerCase().replace(/:\d+$/, '');
  return named.some((name) => {
    const plain = name.toLowerCase();
    return plain !== real && `www.${plain}` !== real && !real.endsWith(`.${plain}`);
  });
}
