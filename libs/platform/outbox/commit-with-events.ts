import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { EventDraft } from '@triptych/events';
import { type TransactionResult, transact } from '../aws/transact.ts';
import { randomIds } from '../config/clock-and-ids.ts';
import type { Outbox } from './dynamo-outbox.ts';
import type { Relay } from './relay.ts';
import { stampEvent } from './stamp-event.ts';

/** What a store needs to commit events together with its own writes. */
export interface EventOutlet {
  readonly client: DynamoDBClient;
  readonly outbox: Outbox;
  /** Called with the events right after their commit. */
  readonly relay: Relay;
  /** Generates event ids; random by default. Tests pass their own. */
  readonly ids?: { next(): string };
}

/**
 * Writes a state change and its events in one transaction. The events follow `writes`, so the positions in the
 * {@link TransactionResult} are positions in `writes`.
 * @param occurredAt RFC 3339, UTC
 * @throws InvalidEventError when a draft violates its published schema; nothing is written then
 * @throws Error from DynamoDB, as {@link transact} describes
 */
export async function commitWithEvents(
  { client, outbox, relay, ids = randomIds }: EventOutlet,
  writes: readonly TransactWriteItem[],
  drafts: readonly EventDraft[],
  occurredAt: string,
): Promise<TransactionResult> {
  const events = drafts.map((draft) => stampEvent(draft, { id: ids.next(), occurredAt }));
  const outcome = await transact(client, [...writes, ...outbox.transactItems(events)]);
  if (outcome.committed && events.length > 0) relay.committed(events);
  return outcome;
}
