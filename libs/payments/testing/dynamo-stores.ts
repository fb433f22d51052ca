import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DomainEvent } from '@triptych/events';
import { startDataPlane } from '@triptych/local-cloud';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { dynamoPayments } from '../adapters/index.ts';

/** A data plane in which each test gets payments' stores over a table of its own. */
export async function startStores(clock: { now(): number }) {
  const plane = await startDataPlane();
  const client = new DynamoDBClient({
    endpoint: plane.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  let made = 0;
  return {
    client,
    async fresh() {
      made += 1;
      const table = await plane.createTable({ name: `payments-${made}` });
      const relayed: DomainEvent[] = [];
      let ids = 0;
      const store = dynamoPayments({
        client,
        table,
        outbox: dynamoOutbox({ client, table }),
        relay: { committed: (events) => relayed.push(...events) },
        clock,
        ids: {
          next: () => {
            ids += 1;
            return `event-${ids}`;
          },
        },
      });
      return { table, store, relayed };
    },
    async stop() {
      client.destroy();
      await plane.stop();
    },
  };
}
