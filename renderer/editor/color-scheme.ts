/** Whether the interface is dark now, for what CSS cannot reach: the setting wins (`data-theme` on <html>), then the system. */

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'dark' || chosen === 'light') return chosen === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Calls `listener` at every change; returns the function that ends it. */
export function watchColorScheme(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const setting = new MutationObserver(listener);
  setting.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  system.addEventListener('change', listener);
  return () => {
    setting.disconnect();
    system.removeEventListener('change', listener);
  };
}
