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

/**
 * Doubles from `firstSeconds`, at most `maxSeconds`, up to a quarter earlier so that what failed
 * together returns apart.
 */
export function doubling(firstSeconds: number, maxSeconds: number): (count: number) => number {
  return (receiveCount) => {
    const seconds = Math.min(maxSeconds, firstSeconds * 2 ** Math.min(receiveCount - 1, 16));
    return Math.max(1, Math.round(seconds * (1 - Math.random() / 4)));
  };
}
