import type { OperationCount } from '@triptych/local-cloud';
import { gbSeconds, writeRequestUnits } from '../../../cost/metering.ts';
import { byGroup } from '../work/operation-delta.ts';
import type { FunctionMemory } from './function-memory.ts';

/** What AWS bills for one order, by the name of the figure. */
export const QUANTITIES = {
  invocations: 'Function invocations per order',
  'gb-seconds': 'Function duration per order',
  'dynamodb-writes': 'DynamoDB write units per order',
  'dynamodb-reads': 'DynamoDB read units per order',
  sqs: 'SQS requests per order',
  events: 'EventBridge events per order',
  'durable-operations': 'Durable operations per order',
  'durable-bytes': 'Bytes in checkpoints per order',
  'state-transitions': 'State transitions per order',
} as const;
export type Quantity = keyof typeof QUANTITIES;
export type Quantities = Readonly<Record<Quantity, number>>;

/** Sums what the local cloud counted for one order. @param memoryOf memory of a function in MB, by its stack and logical id */
export function quantitiesOf(
  rows: readonly OperationCount[],
  memoryOf: FunctionMemory,
): Quantities {
  const invocations = rows.filter(({ operation }) => operation === 'Invoke');
  const group = byGroup(rows);
  const amount = (name: string) => rows.reduce((sum, { amounts }) => sum + (amounts[name] ?? 0), 0);
  const transitions = rows.filter(({ operation }) => operation === 'StateTransition');
  const durable = rows.filter(({ operation }) => operation === 'CheckpointDurableExecution');
  return {
    invocations: group.invocations,
    'gb-seconds': invocations.reduce((sum, row) => sum + durationOf(row, memoryOf), 0),
    'dynamodb-writes': writeRequestUnits(group['dynamodb-write'], group['dynamodb-transact-item']),
    'dynamodb-reads': group['dynamodb-read'],
    sqs: group.sqs,
    events: group.events,
    'durable-operations': amount('durableOperations'),
    'durable-bytes': durable.reduce((sum, { amounts }) => sum + (amounts.writtenBytes ?? 0), 0),
    'state-transitions': transitions.reduce((sum, { calls }) => sum + calls, 0),
  };
}

/** GB-seconds without INIT: every sandbox is warm. */
function durationOf(
  { calls, amounts, stack = '', resource }: OperationCount,
  memoryOf: FunctionMemory,
) {
  const billedMs = Math.max(0, (amounts.billedMs ?? 0) - (amounts.initMs ?? 0));
  const ms = billedMs / calls;
  const memoryMb = memoryOf(stack, resource);
  return gbSeconds({ invocations: calls, memoryMb, ms, initMs: 0, coldShare: 0 });
}
