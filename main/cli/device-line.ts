/** What a model runs on and why not on something else, in one line of English. */
import type { DeviceFallback, DeviceFallbackReason } from '../contract/devices.ts';
import type { LoadedModel } from '../contract/engine.ts';

const reasons: Record<DeviceFallbackReason, string> = {
  'not-on-this-system': 'not on this system',
  'not-installed': 'not installed',
  'no-adapter': 'no graphics adapter',
  'software-adapter': 'a software adapter, slower than the CPU',
  'no-operators': 'lacks the operators',
  'no-graph': 'the model has no graph for it',
  'no-float16': 'no float16',
  'not-enough-memory': 'not enough memory',
  'load-failed': 'failed',
  'driver-failed': 'the driver failed',
};

/** `null` where nothing stood before the device that runs. */
export function deviceLine({
  device,
  deviceFallbacks,
}: Pick<LoadedModel, 'device' | 'deviceFallbacks'>): string | null {
  if (deviceFallbacks.length === 0) return null;
  return `Runs on ${device}; not on ${deviceFallbacks.map(inWords).join('; not on ')}`;
}

function inWords({ device, reason, detail }: DeviceFallback): string {
  const oneLine = detail.replace(/\s+/g, ' ').trim();
  return `${device}: ${reasons[reason]}${oneLine === '' ? '' : ` (${oneLine})`}`;
}
