import { machineHistory } from '@triptych/shop/operate/execution-history';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../../conformance/support/http.ts';
import { env, misbehave } from '../../faults/support/control.ts';
import { orderWithoutTables } from '../../faults/support/order-without-tables.ts';

afterEach(() => misbehave({ away: [], addLatencyMs: 0 }));

test('the history of a stuck order names the step and its error, and the order finishes once its tables are back', async (context) => {
  const order = await orderWithoutTables(context);
  const events = await eventually(
    () => machineHistory(env('TRIPTYCH_ENDPOINT_URL'), order.id),
    (found) => found.some(({ type }) => type === 'TaskFailed'),
  );
  const entered = events.findLast(({ type }) => type === 'TaskStateEntered');
  expect(entered?.stateEnteredEventDetails?.name).toBe('ReserveStock');
  const failed = events.find(({ type }) => type === 'TaskFailed');
  expect(failed?.taskFailedEventDetails?.error).toBeTruthy();
  expect(JSON.parse(failed?.taskFailedEventDetails?.cause ?? '').errorMessage).toBeTruthy();

  await misbehave({ away: [] });
  await order.expectEnded();
});
