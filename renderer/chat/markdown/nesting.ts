/**
 * How deep nodes lie in one another. The browser lays nodes out by recursion, and a few thousand levels end its stack and with it the
 * whole window, so what is deeper than a person writes is shown as its source.
 */

/** True where some element below `root` has more than `limit` elements above it, `root` not counted. Walks without recursion. */
export function isDeeperThan(root: ParentNode & Node, limit: number): boolean {
  let depth = 1;
  let element = root.firstElementChild;
  while (element !== null) {
    if (depth > limit) return true;
    if (element.firstElementChild !== null) {
      element = element.firstElementChild;
      depth += 1;
      continue;
    }
    while (element !== null && element.nextElementSibling === null) {
      const parent: Element | null = element.parentElement;
      if (parent === null || parent === root) return false;
      element = parent;
      depth -= 1;
    }
    element = element?.nextElementSibling ?? null;
  }
  return false;
}
