import type { DomainEvent, OrderCancelled } from '@triptych/events';

/** A valid event with the given id. */
export function orderCancelled(
  id: string,
  occurredAt = '2026-11-01T10:00:00.000Z',
): OrderCancelled {
  return {
    id,
    occurredAt,
    type: 'order.cancelled',
    source: 'triptych.payments',
    data: { orderId: `order-${id}`, reason: 'declined' },
  };
}

/** An in-memory outbox. */
export function memoryOutbox(initial: readonly DomainEvent[] = []) {
  const entries = new Map(initial.map((event) => [event.id, event]));
  return {
    entries,
    transactItems: () => [],
    pending: async ({ limit }: { limit: number }) => [...entries.values()].slice(0, limit),
    remove: async (events: readonly DomainEvent[]) => {
      for (const event of events) entries.delete(event.id);
    },
    fromStreamRecord: (record: {
      dynamodb?: { NewImage?: Record<string, { S?: string }> } | undefined;
    }) => {
      const json = record.dynamodb?.NewImage?.event?.S;
      return json === undefined ? undefined : (JSON.parse(json) as DomainEvent);
    },
  };
}

/** An in-memory bus that rejects the ids in `reject`, and is unreachable while `down` is true. */
export function memoryBus() {
  const bus = {
    published: [] as DomainEvent[],
    reject: new Set<string>(),
    down: false,
    async publish(events: readonly DomainEvent[]) {
      if (bus.down) throw new Error('bus is down');
      const failedIds = events.filter((event) => bus.reject.has(event.id)).map((event) => event.id);
      bus.published.push(...events.filter((event) => !bus.reject.has(event.id)));
      return { failedIds };
    },
  };
  return bus;
}
