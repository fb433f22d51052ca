import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StateError } from './state-error.ts';
import { failing, resultOf, typesOf } from './testing/run-states.ts';
import { tokenTask, workflow } from './testing/workflow.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a task that waits for its token', () => {
  async function waiting(more: object = {}) {
    let token = '';
    const functions = {
      f(event: unknown) {
        token = (event as { token: string }).token;
      },
    };
    const flow = workflow(functions);
    const States = { A: tokenTask('f', { End: true, ...more }) };
    const arn = flow.add({ StartAt: 'A', States });
    const execution = flow.executions.start(arn, '{}');
    await vi.advanceTimersByTimeAsync(0);
    return { execution, flow, attempt: flow.executions.waitingWith(token), token };
  }

  it('ends with the result that comes with the token', async () => {
    const { execution, attempt } = await waiting();
    expect(attempt.succeed({ paid: true })).toBe(true);
    await execution.ended;
    expect(resultOf(execution)).toEqual({ paid: true });
    expect(typesOf(execution)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted'],
      ...['TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded'],
    ]);
    expect(attempt.succeed('again')).toBe(false);
  });

  it('fails with the error that comes with the token', async () => {
    const { execution, attempt } = await waiting();
    attempt.fail(new StateError('Declined', 'no money'));
    await execution.ended;
    expect(resultOf(execution)).toEqual({ status: 'FAILED', error: 'Declined', cause: 'no money' });
  });

  it('is timed out, and its token is then invalid', async () => {
    const { execution, flow, token } = await waiting({ TimeoutSeconds: '{% 2 * 5 %}' });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(execution.record.status).toBe('RUNNING');
    await vi.advanceTimersByTimeAsync(1);
    expect(resultOf(execution)).toMatchObject({ error: 'States.Timeout' });
    expect(() => flow.executions.waitingWith(token)).toThrowError(
      expect.objectContaining({ code: 'TaskTimedOut' }),
    );
  });

  it('is timed out without heartbeats, and not with them', async () => {
    const { execution, attempt } = await waiting({ HeartbeatSeconds: 5 });
    for (let beat = 0; beat < 3; beat += 1) {
      await vi.advanceTimersByTimeAsync(4_000);
      expect(attempt.heartbeat()).toBe(true);
    }
    await vi.advanceTimersByTimeAsync(5_000);
    expect(resultOf(execution)).toMatchObject({ error: 'States.HeartbeatTimeout' });
    expect(attempt.heartbeat()).toBe(false);
  });

  it('has another token at each attempt', async () => {
    const Retry = [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }];
    const { execution, flow, token } = await waiting({ TimeoutSeconds: 1, Retry });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(execution.record.step?.attempt?.token).not.toBe(token);
    expect(() => flow.executions.waitingWith(token)).toThrow('Task Timed Out');
  });

  it('can be resumed before its function has answered', async () => {
    const flow = workflow({
      async f(event) {
        flow.executions.waitingWith((event as { token: string }).token).succeed('early');
      },
    });
    const arn = flow.add({ StartAt: 'A', States: { A: tokenTask('f', { End: true }) } });
    const execution = flow.executions.start(arn, '{}');
    await execution.ended;
    expect(resultOf(execution)).toBe('early');
  });

  it('fails when its function does', async () => {
    const flow = workflow({ f: failing('Bad') });
    const arn = flow.add({ StartAt: 'A', States: { A: tokenTask('f', { End: true }) } });
    const execution = flow.executions.start(arn, '{}');
    await execution.ended;
    expect(resultOf(execution)).toMatchObject({ status: 'FAILED', error: 'Bad' });
  });
});
