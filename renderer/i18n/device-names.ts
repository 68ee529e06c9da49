/** Execution providers by the names that people know, and why one of them does not run a model. */
import type { Device, DeviceFallback, DeviceFallbackReason, DeviceWish } from '../../main/contract/devices.ts';
import { phrase, type Phrase } from './phrase.ts';

/** The same in both languages. */
export const deviceNames: Record<Device, string> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
};

export const deviceChoices: Record<DeviceWish, Phrase> = {
  auto: { fr: 'Automatique', en: 'Automatic' },
  cpu: { fr: 'CPU', en: 'CPU' },
  webgpu: { fr: 'WebGPU', en: 'WebGPU' },
  cuda: { fr: 'CUDA', en: 'CUDA' },
  dml: { fr: 'DirectML', en: 'DirectML' },
  coreml: { fr: 'Core ML', en: 'Core ML' },
};

export const fallbackReasons: Record<DeviceFallbackReason, Phrase> = {
  'not-on-this-system': { fr: 'absent de ce système', en: 'not on this system' },
  'not-installed': { fr: 'bibliothèques non installées', en: 'libraries not installed' },
  'no-adapter': { fr: 'aucune carte graphique ne répond', en: 'no graphics adapter answers' },
  'software-adapter': {
    fr: 'carte simulée par un logiciel, plus lente que le CPU',
    en: 'an adapter in software, slower than the CPU',
  },
  'no-operators': { fr: 'n’a pas les opérateurs de ces modèles', en: 'lacks the operators of these models' },
  'no-graph': { fr: 'ce modèle n’a pas de graphe pour lui', en: 'this model has no graph for it' },
  'no-float16': { fr: 'ne calcule pas en float16', en: 'does not compute in float16' },
  'not-enough-memory': { fr: 'pas assez de mémoire', en: 'not enough memory' },
  'load-failed': { fr: 'échec du chargement', en: 'loading failed' },
  'driver-failed': { fr: 'le pilote a échoué', en: 'the driver failed' },
};

/** One device that was not taken, with what was found where that says more. */
export const fallbackText = phrase<{ fallback: DeviceFallback; reason: string }>({
  fr: ({ fallback: { device, detail }, reason }) =>
    `${deviceNames[device]} : ${reason}${detail === '' ? '' : ` (${detail})`}`,
  en: ({ fallback: { device, detail }, reason }) =>
    `${deviceNames[device]}: ${reason}${detail === '' ? '' : ` (${detail})`}`,
});
