import { checkoutMachine, type StepEvent } from '@triptych/checkout/states';
import { SCENARIO_RETRIES, SCENARIOS, type TaskAnswer } from '@triptych/checkout/testing/scenarios';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FunctionError, workflow } from './testing/workflow.ts';

/** The ways through the checkout's state machine. `npm run test:docker` sees the same in LocalStack. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

it.each(SCENARIOS)('$name', async ({ answers, states, status, output }) => {
  const left = new Map<string, TaskAnswer[]>(
    Object.entries(answers).map(([state, all]) => [state, [...all]]),
  );
  const flow = workflow({
    async steps(event) {
      const { step, input } = event as StepEvent;
      const answer = left.get(`${step[0]?.toUpperCase()}${step.slice(1)}`)?.shift();
      if (!answer) throw new Error(`no answer of ${step}`);
      if ('Return' in answer && step !== 'awaitEnd') {
        return (answer.Return as { Payload: unknown }).Payload;
      }
      if ('Return' in answer) {
        flow.executions.waitingWith((input as { token: string }).token).succeed(answer.Return);
      } else if (answer.Throw.Error !== 'States.Timeout') {
        throw new FunctionError(answer.Throw.Error, answer.Throw.Cause);
      }
      return null;
    },
  });
  const arn = flow.add(
    JSON.parse(JSON.stringify(checkoutMachine), (name, value) => {
      if (name === 'FunctionName') return 'steps';
      return name === 'MaxAttempts' && value > 0 ? SCENARIO_RETRIES : value;
    }),
  );
  const execution = flow.executions.start(arn, '{"orderId":"o1"}', 'o1');
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  const { record } = execution;
  expect({ status: record.status, output: record.output }).toEqual({ status, output });
  const entered = record.events.flatMap(({ type, details }) =>
    type.endsWith('StateEntered') ? [details?.[1].name] : [],
  );
  expect(entered).toEqual(states);
  expect([...left.values()].flat()).toEqual([]);
});
