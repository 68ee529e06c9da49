/** Node attributes: two constructors and their wire form, with the numbers of `AttributeProto.AttributeType`. */
import { create } from '@bufbuild/protobuf';
import { AttributeProtoSchema, type AttributeProto } from './schema/onnx_pb.ts';

export type Attribute =
  { readonly kind: 'int'; readonly value: number } | { readonly kind: 'float'; readonly value: number };
export type Attributes = Readonly<Record<string, Attribute>>;

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });

const floatCode = 1;
const intCode = 2;

export function attributeProtos(attributes: Attributes): AttributeProto[] {
  return Object.entries(attributes).map(([name, attribute]) =>
    attribute.kind === 'int'
      ? create(AttributeProtoSchema, { name, type: intCode, i: BigInt(attribute.value) })
      : create(AttributeProtoSchema, { name, type: floatCode, f: attribute.value }),
  );
}
