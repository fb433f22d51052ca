import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_EVENTS } from './history.ts';
import { PASS, resultOf, runStates, typesOf } from './testing/run-states.ts';
import { memoryState, tokenTask, workflow } from './testing/workflow.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a state', () => {
  it.each<[string, Record<string, object>, unknown]>([
    ['Pass passes its input on', { A: PASS }, { n: 1 }],
    ['Pass with Output', { A: { ...PASS, Output: { m: '{% $states.input.n + 1 %}' } } }, { m: 2 }],
    ['Succeed', { A: { Type: 'Succeed', Output: '{% $states.input.n %}' } }, 1],
    [
      'Fail',
      { A: { Type: 'Fail', Error: 'Bad', Cause: "{% 'n=' & $states.input.n %}" } },
      { status: 'FAILED', error: 'Bad', cause: 'n=1' },
    ],
    [
      'Choice by the first condition that is true',
      {
        A: {
          Type: 'Choice',
          Choices: [
            { Condition: '{% $states.input.n > 1 %}', Next: 'B' },
            { Condition: '{% $states.input.n = 1 %}', Next: 'C', Output: 'one' },
            { Condition: true, Next: 'B' },
          ],
        },
        B: { ...PASS, Output: 'b' },
        C: PASS,
      },
      'one',
    ],
    [
      'Choice by default',
      {
        A: {
          Type: 'Choice',
          Choices: [{ Condition: false, Next: 'A' }],
          Default: 'B',
          Output: 'default',
        },
        B: PASS,
      },
      'default',
    ],
    [
      'Choice without a match',
      { A: { Type: 'Choice', Choices: [{ Condition: false, Next: 'A' }] } },
      expect.objectContaining({ status: 'FAILED', error: 'States.NoChoiceMatched' }),
    ],
    [
      'Choice with a condition that is not a boolean',
      { A: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n %}', Next: 'A' }] } },
      expect.objectContaining({ error: 'States.QueryEvaluationError' }),
    ],
    ['Wait', { A: { Type: 'Wait', Seconds: '{% $states.input.n + 2 %}', End: true } }, { n: 1 }],
    [
      'variables, which Assign and Output both see as they were',
      {
        A: { ...PASS, End: undefined, Assign: { v: 1 }, Next: 'B' },
        B: {
          ...PASS,
          Assign: { v: '{% $v + 1 %}' },
          Output: '{% $v %}',
          End: undefined,
          Next: 'C',
        },
        C: { ...PASS, Output: { before: '{% $states.input %}', v: '{% $v %}' } },
      },
      { before: 1, v: 2 },
    ],
    [
      'the context object',
      {
        A: {
          ...PASS,
          Output:
            '{% $states.context.[Execution.Name, Execution.Input.n, State.Name, StateMachine.Name] %}',
        },
      },
      ['x', 1, 'A', 'test'],
    ],
    [
      'data over 256 KB',
      { A: { ...PASS, Output: "{% $pad('', 262144, 'x') %}" } },
      expect.objectContaining({ error: 'States.DataLimitExceeded' }),
    ],
  ])('%s', async (_name, states, expected) => {
    const { execution } = await runStates(states, { input: { n: 1 } });
    expect(resultOf(execution)).toEqual(expected);
  });
});

describe('an execution', () => {
  it('is timed out as a whole', async () => {
    const states = { A: { Type: 'Wait', Seconds: 60, End: true } };
    const { execution } = await runStates(states, { TimeoutSeconds: 30 });
    expect(resultOf(execution)).toMatchObject({ status: 'TIMED_OUT' });
    expect(typesOf(execution).at(-1)).toBe('ExecutionTimedOut');
  });

  it('fails when its history is full', async () => {
    const saved = memoryState();
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } };
    const first = workflow({}, saved);
    const arn = first.add(definition);
    const { record } = first.executions.start(arn, '{}', 'x');
    first.executions.removeMachine(arn);
    const [event] = record.events;
    const events = Array.from({ length: MAX_EVENTS - 5 }, () => event);
    const area = 'executions of state machines';
    saved.write([{ area, key: record.arn, value: { ...record, events } }]);
    const { executions, add } = workflow({}, saved);
    add(definition);
    const [execution] = executions.of(arn);
    await execution?.ended;
    expect(execution && resultOf(execution)).toMatchObject({ error: 'States.Runtime' });
    expect(execution?.record.events.length).toBeLessThanOrEqual(MAX_EVENTS + 2);
  });

  it('continues after a restart with its variables, its pause and its token', async () => {
    const saved = memoryState();
    let token = '';
    let invocations = 0;
    const functions = {
      f(event: unknown) {
        invocations += 1;
        token = (event as { token: string }).token;
      },
    };
    const definition = {
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Assign: { v: 1 }, Next: 'Pause' },
        Pause: { Type: 'Wait', Seconds: 10, Next: 'Callback' },
        Callback: tokenTask('f', {
          TimeoutSeconds: 20,
          Output: '{% $v & $states.result %}',
          End: true,
        }),
      },
    };
    const restarted = () => {
      const flow = workflow(functions, saved);
      return { flow, arn: flow.add(definition) };
    };
    const first = restarted();
    first.flow.executions.start(first.arn, '{}', 'x');
    await vi.advanceTimersByTimeAsync(6_000);
    first.flow.executions.removeMachine(first.arn);

    const second = restarted();
    await vi.advanceTimersByTimeAsync(3_999);
    expect(invocations).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await vi.waitFor(() => expect(invocations).toBe(1));
    second.flow.executions.removeMachine(second.arn);

    const third = restarted();
    await vi.advanceTimersByTimeAsync(0);
    expect(invocations).toBe(1);
    third.flow.executions.waitingWith(token).succeed('!');
    const [execution] = third.flow.executions.of(third.arn);
    await execution?.ended;
    expect(execution && resultOf(execution)).toBe('1!');

    const fourth = restarted();
    expect(fourth.flow.executions.of(fourth.arn).map(resultOf)).toEqual(['1!']);
  });
});
