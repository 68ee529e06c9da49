/** A partial change: the fields that are given replace, those that are absent or `undefined` stay as they are. */
import type { z } from 'zod';

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

export function changeOf<Fields extends object>(partial: z.ZodType<Fields>) {
  return partial.transform(
    (fields) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>,
  );
}
