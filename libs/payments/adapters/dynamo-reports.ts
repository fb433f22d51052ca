import {
  type DynamoTable,
  epochSeconds,
  putOverExpired,
  readLiveItem,
  transact,
} from '@triptych/platform/aws';
import type { Clock, HandledReports } from '../core/index.ts';

/**
 * Longer than any redelivery: Stripe retries for 3 days, a queue that is redriven keeps messages
 * another 14.
 */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/**
 * The provider's events that have been dealt with, as `REPORT#<event id>` / `REPORT`; TTL removes
 * them.
 */
export function dynamoReports(of: DynamoTable & { clock: Clock }): HandledReports {
  const { client, table, clock } = of;
  return {
    async has(eventId) {
      return (await readLiveItem(of, keyOf(eventId), clock.now())) !== undefined;
    },

    async add(eventId) {
      const nowMs = clock.now();
      const item = { ...keyOf(eventId), expiresAt: epochSeconds(nowMs) + KEPT_SECONDS };
      // A refusal means that another delivery of the same event was first: it is on record either way.
      await transact(client, [putOverExpired(table, item, nowMs)]);
    },
  };
}

const keyOf = (eventId: string) => ({ pk: `REPORT#${eventId}`, sk: 'REPORT' });
