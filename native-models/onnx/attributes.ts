/** Node attributes: three constructors and their wire form, with the numbers of `AttributeProto.AttributeType`. */
import { create } from '@bufbuild/protobuf';
import { AttributeProtoSchema, type AttributeProto } from './schema/onnx_pb.ts';

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string };
export type Attributes = Readonly<Record<string, Attribute>>;

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const string = (value: string): Attribute => ({ kind: 'string', value });

const codes = { float: 1, int: 2, string: 3 };

export function attributeProtos(attributes: Attributes): AttributeProto[] {
  return Object.entries(attributes).map(([name, attribute]) => {
    const type = codes[attribute.kind];
    switch (attribute.kind) {
      case 'int':
        return create(AttributeProtoSchema, { name, type, i: BigInt(attribute.value) });
      case 'float':
        return create(AttributeProtoSchema, { name, type, f: attribute.value });
      case 'string':
        return create(AttributeProtoSchema, { name, type, s: new TextEncoder().encode(attribute.value) });
    }
  });
}
