/** What the workbench uses to write small ONNX graphs of its own, or to take exported ones apart: without the exporter. */
export { int } from './onnx/attributes.ts';
export type { ElementType } from './onnx/element-type.ts';
export { GraphBuilder } from './onnx/graph-builder.ts';
export { encodeModel } from './onnx/model-file.ts';
export { withSequenceOutput } from './onnx/with-sequence-output.ts';
export { ProbeGraph, type ProbePart } from './probe/probe-graph.ts';
