import type { DomainEvent, OrderPlaced } from '@triptych/events';
import type { EventPublisher } from '@triptych/platform/outbox';
import { currentLogger, errorCode } from '@triptych/platform/telemetry';
import type { Coordinator, Outcome, Waits } from '../core/index.ts';

/** The outcome of an order, by the event that announces it. */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  'order.confirmed': 'confirmed',
  'order.cancelled': 'cancelled',
};

/**
 * Publishes events, and tells the coordinator of the orders in them: a placed order starts its
 * checkout, and the end of an order resumes the checkout that waits for it. The outbox repeats an
 * event until both have succeeded, so no start and no resumption is lost.
 */
export function coordinatedPublisher(
  publisher: EventPublisher,
  { coordinator, waits }: { coordinator: Coordinator; waits: Waits },
): EventPublisher {
  async function tell(event: DomainEvent): Promise<void> {
    if (event.type === 'order.placed') {
      const data = event.data as OrderPlaced['data'];
      const { traceparent } = event;
      await coordinator.start({ ...data, ...(traceparent === undefined ? {} : { traceparent }) });
    }
    const outcome = OUTCOMES[event.type];
    if (outcome === undefined) return;
    const token = await waits.find((event.data as { orderId: string }).orderId);
    if (token !== undefined) await coordinator.resume(token, outcome);
  }

  return {
    async publish(events, transport) {
      const { failedIds } = await publisher.publish(events, transport);
      const failed = new Set(failedIds);
      const published = events.filter(({ id }) => !failed.has(id));
      const told = await Promise.allSettled(published.map(tell));
      for (const [index, result] of told.entries()) {
        const event = published[index];
        if (result.status === 'fulfilled' || !event) continue;
        failed.add(event.id);
        const code = errorCode(result.reason);
        currentLogger().warn(
          { code, err: result.reason, type: event.type },
          'coordinator not told',
        );
      }
      return { failedIds: [...failed] };
    },
  };
}
