import type { OperationCount } from '@triptych/local-cloud';
import { expect, test } from 'vitest';
import { byGroup, operationsSince } from './operation-delta.ts';

const row = (more: Partial<OperationCount>): OperationCount => ({
  service: 'dynamodb',
  operation: 'GetItem',
  resource: 'triptych-hybrid-state-CatalogTable',
  calls: 1,
  amounts: {},
  ...more,
});

test('earlier operations and those of the simulated provider do not count', () => {
  const before = [row({ calls: 3, amounts: { readUnits: 2 } })];
  const after = [
    row({ calls: 5, amounts: { readUnits: 3.5 } }),
    row({ resource: 'triptych-hybrid-provider-Table', calls: 9 }),
    row({
      service: 'lambda',
      operation: 'Invoke',
      resource: 'Http',
      stack: 'triptych-hybrid-provider',
    }),
  ];
  expect(operationsSince(before, after)).toEqual([row({ calls: 2, amounts: { readUnits: 1.5 } })]);
  expect(operationsSince(after, after)).toEqual([]);
});

test('operations are summed as AWS bills them', () => {
  const sums = byGroup([
    row({ amounts: { readUnits: 1.5 } }),
    row({ operation: 'TransactWriteItems', amounts: { transactItems: 4, writeUnits: 2 } }),
    row({ service: 'sqs', operation: 'ReceiveMessage', calls: 3 }),
    row({ service: 'events', operation: 'PutEvents', amounts: { entries: 2 } }),
    row({ service: 's3', operation: 'PUT object' }),
    row({ service: 's3', operation: 'GET bucket' }),
    row({ service: 's3', operation: 'HEAD object', calls: 2 }),
    row({ service: 's3', operation: 'DELETE object' }),
    row({ service: 'lambda', operation: 'Invoke', calls: 7 }),
  ]);
  expect(sums).toEqual({
    'dynamodb-read': 1.5,
    'dynamodb-write': 2,
    'dynamodb-transact-item': 4,
    sqs: 3,
    events: 2,
    's3-get': 2,
    's3-put': 2,
    invocations: 7,
  });
});
