import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failing, PASS, resultOf, runStates, typesOf } from './testing/run-states.ts';
import { FunctionError, task, workflow } from './testing/workflow.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a task', () => {
  it('invokes its function, and passes on the response of Lambda', async () => {
    const functions = { f: (event: unknown) => ({ got: event }) };
    const { execution, flow } = await runStates(
      { A: task('f', { End: true }) },
      { input: 5, functions },
    );
    expect(resultOf(execution)).toMatchObject({ Payload: { got: 5 }, StatusCode: 200 });
    expect(typesOf(execution)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted'],
      ...['TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded'],
    ]);
    expect(flow.kernel.operations.list()).toMatchObject([
      { service: 'states', operation: 'StateTransition', resource: 'Machine', calls: 1 },
    ]);
  });

  it('is retried after each pause, and each retry is a state transition', async () => {
    const times: number[] = [];
    const functions = {
      f() {
        times.push(Date.now());
        if (times.length < 4) throw new FunctionError('Flaky');
        return 'done';
      },
    };
    const Retry = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 2, MaxDelaySeconds: 5 }];
    const Output = '{% $states.result.Payload & $states.context.State.RetryCount %}';
    const { execution, flow } = await runStates(
      { A: task('f', { Retry, Output, End: true }) },
      { functions },
    );
    expect(resultOf(execution)).toBe('done3');
    expect(times.slice(1).map((time, at) => (time - (times[at] ?? 0)) / 1000)).toEqual([2, 4, 5]);
    expect(flow.kernel.operations.list()[0]?.calls).toBe(4);
  });

  it.each<[string, object[], unknown]>([
    ['by the first catcher of the error', [{ ErrorEquals: ['Bad'], Next: 'B' }], 'Bad'],
    [
      'by States.ALL',
      [
        { ErrorEquals: ['Other'], Next: 'A' },
        { ErrorEquals: ['States.ALL'], Next: 'B' },
      ],
      'Bad',
    ],
    ['with Output', [{ ErrorEquals: ['Bad'], Next: 'B', Output: { Error: 'mine' } }], 'mine'],
  ])('whose error is caught %s continues there', async (_name, Catch, expected) => {
    const states = {
      A: task('f', { Catch, End: true }),
      B: { ...PASS, Output: '{% $states.input.Error %}' },
    };
    const { execution } = await runStates(states, { functions: { f: failing('Bad') } });
    expect(resultOf(execution)).toBe(expected);
  });

  it('assigns variables of its catcher, not its own', async () => {
    const Catch = [
      { ErrorEquals: ['Bad'], Next: 'B', Assign: { caught: '{% $states.errorOutput.Error %}' } },
    ];
    const states = {
      A: task('f', { Catch, Assign: { caught: 'own' }, End: true }),
      B: { ...PASS, Output: '{% $caught %}' },
    };
    const { execution } = await runStates(states, { functions: { f: failing('Bad') } });
    expect(resultOf(execution)).toBe('Bad');
  });

  it('without a catcher fails the execution with the answer of the function', async () => {
    const { execution } = await runStates(
      { A: task('f', { End: true }) },
      { functions: { f: failing('Bad') } },
    );
    const cause = JSON.stringify({ errorType: 'Bad', errorMessage: 'no' });
    expect(resultOf(execution)).toEqual({ status: 'FAILED', error: 'Bad', cause });
    expect(typesOf(execution).slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed']);
  });

  it('whose expression fails can be caught, and the history names the field', async () => {
    const Catch = [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'B' }];
    const Arguments = { FunctionName: 'f', Payload: { a: '{% $missing %}' } };
    const states = { A: task('f', { Arguments, Catch, End: true }), B: { ...PASS, Output: 'ok' } };
    const { execution } = await runStates(states);
    expect(resultOf(execution)).toBe('ok');
    const failed = execution.record.events.find(({ type }) => type === 'EvaluationFailed');
    expect(failed?.details?.[1]).toMatchObject({ state: 'A', location: 'Arguments/Payload/a' });
  });

  it('that its role does not allow fails, and its function is not invoked', async () => {
    let invocations = 0;
    const f = () => {
      invocations += 1;
    };
    const flow = workflow({ f }, undefined, ([needed]) => {
      throw new Error(`no ${needed?.action} on ${needed?.resource}`);
    });
    const arn = flow.add({ StartAt: 'A', States: { A: task('f', { End: true }) } });
    const execution = flow.executions.start(arn, '{}');
    await execution.ended;
    expect(resultOf(execution)).toEqual({
      ...{ status: 'FAILED', error: 'Lambda.AWSLambdaException' },
      cause: 'no lambda:InvokeFunction on arn:aws:lambda:us-east-1:000000000000:function:f',
    });
    expect(invocations).toBe(0);
  });

  it('is timed out when its function does not answer', async () => {
    const functions = { f: () => new Promise(() => {}) };
    const { execution } = await runStates(
      { A: task('f', { TimeoutSeconds: 3, End: true }) },
      { functions },
    );
    expect(resultOf(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(typesOf(execution).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
  });
});
