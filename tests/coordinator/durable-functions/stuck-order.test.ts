import {
  type Event,
  GetDurableExecutionHistoryCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
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

const client = new LambdaClient(localAws(env('TRIPTYCH_ENDPOINT_URL')));

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

/** The history of an order's execution, as an operator reads it. Empty before the execution starts. */
async function historyOf(orderId: string): Promise<readonly Event[]> {
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  const coordinator = Functions.find(({ FunctionName = '' }) =>
    FunctionName.startsWith(stackName(variant, 'checkout')),
  );
  const { DurableExecutions = [] } = await client.send(
    new ListDurableExecutionsByFunctionCommand({
      FunctionName: coordinator?.FunctionName,
      DurableExecutionName: orderId,
    }),
  );
  const [execution] = DurableExecutions;
  if (!execution) return [];
  const { Events = [] } = await client.send(
    new GetDurableExecutionHistoryCommand({
      DurableExecutionArn: execution.DurableExecutionArn,
      IncludeExecutionData: true,
    }),
  );
  return Events;
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
    (found) => found.some(({ EventType }) => EventType === 'StepFailed'),
  );
  const failed = events.find(({ EventType }) => EventType === 'StepFailed');
  expect(failed).toMatchObject({
    Name: 'reserve-stock',
    StepFailedDetails: { RetryDetails: { CurrentAttempt: 1 } },
  });
  expect(failed?.StepFailedDetails?.Error?.Payload?.ErrorMessage).toBeTruthy();

  await misbehave({ away: [] });
  const sold = confirmedOf([await settledWithDeadline(token, placed.json.id)]);
  await expectBalancedBooks({ admin, productId: product.id, received: 1, sold });
});
