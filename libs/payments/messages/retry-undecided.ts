import type { MessageRoute } from '@triptych/platform/queue';

/**
 * Seconds until the message is looked at again, from how often it has been; undefined says that it
 * is done with.
 */
export type WaitSeconds = (receiveCount: number) => number | undefined;

/** Puts a message whose handler asks for a retry back for longer each time it comes. */
export function retryUndecided([type, handle]: MessageRoute, wait: WaitSeconds): MessageRoute {
  return [
    type,
    async (message) => {
      const outcome = await handle(message);
      if (!outcome) return undefined;
      const retryAfterSeconds = wait(message.receiveCount);
      return retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
    },
  ];
}
