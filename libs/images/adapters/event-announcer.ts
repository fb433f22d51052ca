import { ImageAccepted, ImageRejected } from '@triptych/events';
import { type EventPublisher, stampEvent } from '@triptych/platform/outbox';
import type { ImageAnnouncer } from '../core/index.ts';

/**
 * Publishes events directly to the bus. There is no outbox, because images has no table: the upload
 * itself records that an announcement is due, and it is removed only afterwards.
 *
 * Both methods throw if the bus does not take the event. The queue then redelivers the message.
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
    if (failedIds.length > 0) throw new Error(`the bus rejected ${event.type} ${event.id}`);
  };
  return {
    accepted: (data) => announce({ type: ImageAccepted.type, source: ImageAccepted.source, data }),
    rejected: (data) => announce({ type: ImageRejected.type, source: ImageRejected.source, data }),
  };
}
