import { durableHistory } from '@triptych/shop/operate/execution-history';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../../conformance/support/http.ts';
import { env, misbehave } from '../../faults/support/control.ts';
import { orderWithoutTables } from '../../faults/support/order-without-tables.ts';

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

test('the history of a stuck order names the step and its error, and the order finishes once its tables are back', async (context) => {
  const order = await orderWithoutTables(context);
  const events = await eventually(
    () => durableHistory(env('TRIPTYCH_ENDPOINT_URL'), order.id),
    (found) => found.some(({ EventType }) => EventType === 'StepFailed'),
  );
  const failed = events.find(({ EventType }) => EventType === 'StepFailed');
  expect(failed).toMatchObject({
    Name: 'reserve-stock',
    StepFailedDetails: { RetryDetails: { CurrentAttempt: 1 } },
  });
  expect(failed?.StepFailedDetails?.Error?.Payload?.ErrorMessage).toBeTruthy();

  await misbehave({ away: [] });
  await order.expectEnded();
});
