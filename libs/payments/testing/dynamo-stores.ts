import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DomainEvent } from '@triptych/events';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { startDataPlane } from '@triptych/platform/testing/data-plane';
import { dynamoPayments } from '../adapters/index.ts';

/** Any event of a test is older than this long from now. */
const CENTURY_MS = 100 * 365 * 24 * 60 * 60 * 1000;

/** Starts a data plane. `open` creates payments' stores over a new table. */
export async function startDynamoStores(clock: { now(): number }) {
  const plane = await startDataPlane();
  const client = new DynamoDBClient({
    endpoint: plane.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  let tables = 0;
  return {
    client,
    async open() {
      tables += 1;
      const table = await plane.createTable({ name: `payments-${tables}` });
      const outbox = dynamoOutbox({ client, table });
      /** Events that the relay was told of. */
      const relayed: DomainEvent[] = [];
      let ids = 0;
      const stores = dynamoPayments({
        client,
        table,
        outbox,
        relay: { committed: (events) => relayed.push(...events) },
        clock,
        ids: {
          next: () => {
            ids += 1;
            return `event-${ids}`;
          },
        },
      });
      const events = () => outbox.pending({ olderThanMs: -CENTURY_MS, limit: 100 });
      return { stores, events, relayed, table };
    },
    async stop() {
      client.destroy();
      await plane.stop();
    },
  };
}
