import type { EventOf, EventSource } from '@triptych/events';
import { type MessageRoute, onEvent } from '@triptych/platform/queue';
import type { TSchema } from 'typebox';
import type { Progress } from '../core/index.ts';

/** Seconds until the next delivery, given the deliveries so far (from 1). Undefined: no more. */
export type WaitSeconds = (receiveCount: number) => number | undefined;

/** A route for one event. While `settle` is undecided, the message goes back to its queue. */
export function retryUndecided<D extends { type: string; source: EventSource; data: TSchema }>(
  definition: D,
  wait: WaitSeconds,
  settle: (event: EventOf<D>) => Promise<Progress>,
): MessageRoute {
  const [type, handle] = onEvent(definition, async (event) =>
    (await settle(event)) === 'undecided' ? { retryAfterSeconds: 0 } : undefined,
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
