import type { OperationCount } from '@triptych/local-cloud';
import { expect, test } from 'vitest';
import { usdPerMillionOrders } from './order-cost.ts';
import { quantitiesOf } from './order-quantities.ts';

const row = (
  service: OperationCount['service'],
  operation: string,
  calls: number,
  amounts = {},
) => ({
  ...{ service, operation, calls, amounts },
  ...{ resource: 'Worker', stack: 'triptych-serverless-payments' },
});
const nothing = quantitiesOf([], () => 1024);

test('sums what AWS bills for one order', () => {
  const rows = [
    row('lambda', 'Invoke', 2, { billedMs: 70, initMs: 50 }),
    row('lambda', 'CheckpointDurableExecution', 4, { durableOperations: 3, writtenBytes: 900 }),
    row('dynamodb', 'TransactWriteItems', 1, { transactItems: 3 }),
    row('dynamodb', 'PutItem', 1, { writeUnits: 2 }),
    row('sqs', 'ReceiveMessage', 5),
    row('events', 'PutEvents', 1, { entries: 2 }),
  ];
  expect(quantitiesOf(rows, () => 512)).toEqual({
    invocations: 2,
    'gb-seconds': 0.01,
    'dynamodb-writes': 8,
    'dynamodb-reads': 0,
    sqs: 5,
    events: 2,
    'durable-operations': 3,
    'durable-bytes': 900,
    'state-transitions': 0,
  });
});

test.each([
  [{ 'durable-operations': 3 }, 24],
  [{ 'state-transitions': 4 }, 100],
  [{ invocations: 1 }, 0.2],
  [{ events: 2 }, 2],
])('a million orders with %j cost %d USD', (quantities, usd) => {
  expect(usdPerMillionOrders({ ...nothing, ...quantities })).toBeCloseTo(usd, 6);
});
