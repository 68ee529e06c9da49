/**
 * How many threads a CPU session gets: one for each physical core, because matrix products gain nothing from the second
 * thread of a core and lose to the switching.
 */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism } from 'node:os';

export function sensibleThreadCount(): number {
  const logical = availableParallelism();
  return Math.max(1, Math.min(logical, physicalCores(logical)));
}

function physicalCores(logical: number): number {
  if (process.platform === 'linux') return linuxCores() ?? logical;
  // Node does not tell: ARM machines have one thread a core, x86 machines of more than two threads mostly two.
  return arch() === 'x64' && logical > 2 ? Math.ceil(logical / 2) : logical;
}

/** Distinct sets of sibling threads; `null` where the kernel does not say. */
function linuxCores(): number | null {
  const cores = new Set<string>();
  try {
    for (let cpu = 0; ; cpu++) {
      cores.add(readFileSync(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`, 'utf8').trim());
    }
  } catch {
    // The first number that is no processor ends the list.
    return cores.size === 0 ? null : cores.size;
  }
}
