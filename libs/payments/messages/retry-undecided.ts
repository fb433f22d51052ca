import type { DomainEvent, EventSource } from '@triptych/events';
import { type MessageRoute, onEvent } from '@triptych/platform/queue';
import type { Static, TObject } from 'typebox';
import type { Progress } from '../core/index.ts';

/** Seconds until the next delivery, given the deliveries so far (from 1). Undefined: no more. */
export type WaitSeconds = (receiveCount: number) => number | undefined;

/**
 * A route for one event. While `settle` is undecided, the message goes back to its queue.
 * @param reads the fields of the data that `settle` reads, by default all
 */
export function retryUndecided<
  D extends { type: string; source: EventSource; data: TObject },
  Field extends keyof Static<D['data']> & string = keyof Static<D['data']> & string,
>(
  definition: D,
  wait: WaitSeconds,
  settle: (event: DomainEvent<D['type'], Pick<Static<D['data']>, Field>>) => Promise<Progress>,
  reads?: readonly Field[],
): MessageRoute {
  const [type, handle] = onEvent<D, Field>(
    definition,
    async (event) => ((await settle(event)) === 'undecided' ? { retryAfterSeconds: 0 } : undefined),
    reads,
  );
  return [
    type,
    async (message) => {
      if (!(await handle(message))) return undefined;
      const retryAfterSeconds = wait(message.receiveCount);
      return retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
    },
  ];
}
