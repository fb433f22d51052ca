import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { EventDraft } from '@triptych/events';
import { type Transacted, transact } from '../aws/transact.ts';
import { randomIds } from '../config/clock-and-ids.ts';
import type { Outbox } from './dynamo-outbox.ts';
import type { Relay } from './relay.ts';
import { stampEvent } from './stamp-event.ts';

/** Where a store's events go. */
export interface EventOutlet {
  readonly client: DynamoDBClient;
  readonly outbox: Outbox;
  /** Told of events right after their commit. */
  readonly relay: Relay;
  /** For event ids; random ones unless a test wants others. */
  readonly ids?: { next(): string };
}

/**
 * Writes a change of state and the events it causes in one transaction: both become true, or neither. The events come
 * last, so positions of `writes` are those of {@link Transacted}.
 * @param occurredAt RFC 3339, UTC
 */
export async function commitWithEvents(
  { client, outbox, relay, ids = randomIds }: EventOutlet,
  writes: readonly TransactWriteItem[],
  drafts: readonly EventDraft[],
  occurredAt: string,
): Promise<Transacted> {
  const events = drafts.map((draft) => stampEvent(draft, { id: ids.next(), occurredAt }));
  const outcome = await transact(client, [...writes, ...outbox.transactItems(events)]);
  if (outcome.committed && events.length > 0) relay.committed(events);
  return outcome;
}
