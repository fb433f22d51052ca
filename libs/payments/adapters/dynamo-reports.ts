import {
  type DynamoTable,
  epochSeconds,
  putIfAbsentOrExpired,
  readUnexpiredItem,
  transact,
} from '@triptych/platform/aws';
import { type Clock, type HandledReports, REPORT_TTL_MS } from '../core/index.ts';

/** The provider's handled events as `REPORT#<event id>` / `REPORT`, removed by TTL. */
export function dynamoReports(of: DynamoTable & { clock: Clock }): HandledReports {
  const { client, table, clock } = of;
  return {
    async has(eventId) {
      return (await readUnexpiredItem(of, keyOf(eventId), clock.now())) !== undefined;
    },

    async add(eventId) {
      const nowMs = clock.now();
      const item = { ...keyOf(eventId), expiresAt: epochSeconds(nowMs + REPORT_TTL_MS) };
      // The write fails if another delivery of the event was first. It is recorded either way.
      await transact(client, [putIfAbsentOrExpired(table, item, nowMs)]);
    },
  };
}

const keyOf = (eventId: string) => ({ pk: `REPORT#${eventId}`, sk: 'REPORT' });
