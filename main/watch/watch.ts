/** What every `watch` procedure streams: the value as it is, then its changes; the subscription ends with the reader. */
import type { EventPublisher } from '@orpc/server';

export async function* watch<Events extends Record<string, unknown>, Name extends keyof Events & string>(
  publisher: EventPublisher<Events>,
  name: Name,
  current: () => Events[Name],
  signal?: AbortSignal,
): AsyncGenerator<Events[Name]> {
  // Subscribed first, so that no change between the two is missed.
  const changes = publisher.subscribe(name, signal === undefined ? {} : { signal });
  try {
    yield current();
    yield* changes;
  } finally {
    await changes.return();
  }
}
