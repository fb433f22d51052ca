import { ImageAccepted, ImageRejected } from '@triptych/events';
import { type EventPublisher, stampEvent } from '@triptych/platform/outbox';
import type { ImageAnnouncer } from '../core/index.ts';

/**
 * Publishes straight to the bus. There is no table and so no outbox here: the upload itself is the
 * record that an announcement is due, and it is removed only afterwards.
 *
 * Both methods throw when the bus did not take the event; the queue then delivers the upload again.
 */
export function eventAnnouncer(options: {
  publisher: EventPublisher;
  clock: { now(): number };
  ids: { next(): string };
}): ImageAnnouncer {
  const { publisher, clock, ids } = options;
  const announce = async (draft: Parameters<typeof stampEvent>[0]): Promise<void> => {
    const occurredAt = new Date(clock.now()).toISOString();
    const event = stampEvent(draft, { id: ids.next(), occurredAt });
    const { failedIds } = await publisher.publish([event]);
    if (failedIds.length > 0) throw new Error(`the bus refused ${event.type} ${event.id}`);
  };
  return {
    accepted: (data) => announce({ type: ImageAccepted.type, source: ImageAccepted.source, data }),
    rejected: (data) => announce({ type: ImageRejected.type, source: ImageRejected.source, data }),
  };
}
