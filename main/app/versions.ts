/** Versions to show: of the workbench itself, and of the runtime that runs the models. */
import manifest from '../../package.json' with { type: 'json' };

export const version: string = manifest.version;
export const onnxRuntimeVersion: string = manifest.dependencies['onnxruntime-node'];
