/** The names that a template may use, as the template engine sets them before it renders; it does not export that step. */
import { Environment } from '@huggingface/jinja';

export function templateEnvironment(variables: Record<string, unknown>): Environment {
  const environment = new Environment();
  const globals: Record<string, unknown> = {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    raise_exception: (message: string) => {
      throw new Error(message);
    },
    range,
    strftime_now: () => '',
  };
  for (const [name, value] of Object.entries({ ...globals, ...variables })) environment.set(name, value);
  return environment;
}

/** As Python's. */
function range(first: number, stop?: number, step = 1): number[] {
  const [start, end] = stop === undefined ? [0, first] : [first, stop];
  if (step === 0) throw new Error('range() step must not be zero');
  const numbers: number[] = [];
  for (let number = start; step > 0 ? number < end : number > end; number += step) numbers.push(number);
  return numbers;
}
