import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Waits } from '../core/index.ts';
import { dynamoWaits } from './dynamo-waits.ts';

let plane: Awaited<ReturnType<typeof startDataPlane>>;
let client: DynamoDBClient;
let waits: Waits;

beforeAll(async () => {
  plane = await startDataPlane();
  client = new DynamoDBClient({
    endpoint: plane.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const table = await plane.createTable({ name: 'payments' });
  waits = dynamoWaits({ client, table, clock: { now: () => 0 } });
});
afterAll(async () => {
  client.destroy();
  await plane.stop();
});

it('keeps the newest token of an order', async () => {
  expect(await waits.find('o1')).toBeUndefined();
  await waits.put('o1', 'first');
  await waits.put('o1', 'second');
  expect(await waits.find('o1')).toBe('second');
  expect(await waits.find('o2')).toBeUndefined();
});
