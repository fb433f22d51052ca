import {
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { localAws } from '@triptych/base/local-aws';
import { stackName } from '@triptych/context-map';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../../conformance/support/http.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  orderOf,
  place,
} from '../../conformance/support/shop.ts';
import { env, misbehave, variant } from '../../faults/support/control.ts';
import { expectBalancedBooks } from '../../faults/support/expect-balanced-books.ts';
import { confirmedOf, settledWithDeadline } from '../../faults/support/settled-with-deadline.ts';

const client = new SFNClient(localAws(env('TRIPTYCH_ENDPOINT_URL')));

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

/** The history of an order's execution, as an operator reads it. Empty before the execution starts. */
async function historyOf(orderId: string): Promise<readonly HistoryEvent[]> {
  const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
  const machine = stateMachines.find(({ name = '' }) =>
    name.startsWith(stackName(variant, 'checkout')),
  );
  const { executions = [] } = await client.send(
    new ListExecutionsCommand({
      stateMachineArn: machine?.stateMachineArn,
      statusFilter: 'RUNNING',
    }),
  );
  const { executionArn } = executions.find(({ name }) => name === orderId) ?? {};
  if (executionArn === undefined) return [];
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  return events;
}

test('the history of a stuck order names the step and its error, and the order finishes once its tables are back', async (context) => {
  const admin = await adminToken(context);
  const product = await newProduct(admin, { stock: 1 });
  const { token } = await newCustomer();

  // Slows the start of the execution down, so that the tables are away before its first step.
  await misbehave({ addLatencyMs: 1500 });
  const placed = await place(token, orderOf(product));
  expect(placed.status, placed.text).toBe(202);
  await misbehave({ away: ['dynamodb'], addLatencyMs: 0 });
  const events = await eventually(
    () => historyOf(placed.json.id),
    (found) => found.some(({ type }) => type === 'TaskFailed'),
  );
  const entered = events.findLast(({ type }) => type === 'TaskStateEntered');
  expect(entered?.stateEnteredEventDetails?.name).toBe('ReserveStock');
  const failed = events.find(({ type }) => type === 'TaskFailed');
  expect(failed?.taskFailedEventDetails?.error).toBeTruthy();
  expect(JSON.parse(failed?.taskFailedEventDetails?.cause ?? '').errorMessage).toBeTruthy();

  await misbehave({ away: [] });
  const sold = confirmedOf([await settledWithDeadline(token, placed.json.id)]);
  await expectBalancedBooks({ admin, productId: product.id, received: 1, sold });
});
