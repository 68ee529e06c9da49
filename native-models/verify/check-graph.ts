/** A graph file against the one that its configuration implies, and the layout of its data file. */
import { toJsonString } from '@bufbuild/protobuf';
import { elementTypes } from '../onnx/element-type.ts';
import {
  NodeProtoSchema,
  ValueInfoProtoSchema,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../onnx/schema/onnx_pb.ts';
import { failed, passed, type Check, type CheckSubject } from './report.ts';

export interface CheckGraphOptions {
  readonly variant: string;
  /** The graph file, in the folder. */
  readonly file: string;
  readonly found: GraphProto;
  readonly expected: GraphProto;
  /** Of the data file; `null` where there is none. */
  readonly dataByteLength: number | null;
}

export function checkGraph({ variant, file, found, expected, dataByteLength }: CheckGraphOptions): Check[] {
  const subject = (compared: string): CheckSubject => ({ kind: 'graph', variant, subject: file, compared });
  const values = (graph: GraphProto) => [...graph.input, ...graph.output].map(describeValue);
  return [
    compare(subject('names, types and shapes of inputs and outputs'), values(found), values(expected)),
    compare(
      subject('names, types, shapes and places of the stored tensors'),
      found.initializer.map(describeTensor),
      expected.initializer.map(describeTensor),
    ),
    compare(subject('operators in their order'), found.node.map(describeNode), expected.node.map(describeNode)),
    checkLayout(subject('places of the stored tensors in the data file'), found.initializer, dataByteLength),
  ];
}

/** The first difference is what is shown. */
function compare(subject: CheckSubject, found: readonly string[], expected: readonly string[]): Check {
  const length = Math.max(found.length, expected.length);
  for (let index = 0; index < length; index++) {
    if (found[index] === expected[index]) continue;
    return failed(subject, expected[index] ?? 'nothing more', found[index] ?? 'nothing more');
  }
  return passed(subject);
}

interface Place {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

function checkLayout(
  subject: CheckSubject,
  initializers: readonly TensorProto[],
  dataByteLength: number | null,
): Check {
  const places = initializers.filter(isExternal).map(placeOf);
  let before: Place = { name: 'the beginning', begin: 0, end: 0 };
  for (const place of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (place.begin < before.end) {
      return failed(subject, 'no byte in two tensors', `${place.name} begins before the end of ${before.name}`);
    }
    before = place;
  }
  const available = dataByteLength ?? 0;
  if (before.end <= available) return passed(subject);
  return failed(subject, `${before.end} bytes, up to the end of ${before.name}`, `${available} bytes`);
}

export function isExternal({ dataLocation }: TensorProto): boolean {
  return dataLocation === 1;
}

/** In bytes from the start of the data file. */
export function placeOf(tensor: TensorProto): Place {
  const entry = (key: string) => Number(tensor.externalData.find((found) => found.key === key)?.value ?? 0);
  return { name: tensor.name, begin: entry('offset'), end: entry('offset') + entry('length') };
}

export function typeName(code: number): string {
  return Object.entries(elementTypes).find(([, type]) => type.code === code)?.[0] ?? `type ${code}`;
}

function describeTensor(tensor: TensorProto): string {
  const what = `${tensor.name}: ${typeName(tensor.dataType)} [${tensor.dims.join(', ')}]`;
  if (!isExternal(tensor)) return `${what} = ${Buffer.from(tensor.rawData).toString('hex')}`;
  const { begin, end } = placeOf(tensor);
  const location = tensor.externalData.find(({ key }) => key === 'location')?.value ?? 'nowhere';
  return `${what} at bytes ${begin} to ${end} of ${location}`;
}

function describeValue(value: ValueInfoProto): string {
  return toJsonString(ValueInfoProtoSchema, value);
}

function describeNode(node: NodeProto): string {
  return toJsonString(NodeProtoSchema, node);
}
