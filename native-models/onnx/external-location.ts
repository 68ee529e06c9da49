/**
 * Whether a graph may keep weights in a place, judged by its name alone: only a plain path below the folder of the graph, written
 * so that every system reads it alike. ONNX Runtime's own mark for addresses in memory, with its asterisks, is no such path.
 */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;

/** What is wrong with `location`, as the end of a sentence; `null` where nothing is. */
export function locationFault(location: string): string | null {
  if (location === '') return 'it has no name';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(location)) return 'its name holds control characters';
  if (location.includes('\\')) return 'its name holds a backslash';
  if (/[:*?"<>|]/.test(location)) return 'its name holds a drive letter or a character that no file name may have';
  if (location.startsWith('/')) return 'its path is absolute';
  for (const part of location.split('/')) {
    if (part === '') return 'its path has an empty part';
    if (part === '..') return 'its path leads out of the folder of the graph';
    if (part !== '.' && /[. ]$/.test(part)) return 'a part of its path ends in a dot or a space';
    if (deviceName.test(part)) return 'it is the name of a device';
  }
  return null;
}
