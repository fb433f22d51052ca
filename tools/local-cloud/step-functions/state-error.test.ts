import { describe, expect, it } from 'vitest';
import type { Retrier } from './definition.ts';
import { matches, nextRetrySeconds } from './state-error.ts';

describe('ErrorEquals', () => {
  it.each<[string, string, boolean]>([
    ['MyError', 'MyError', true],
    ['MyError', 'Other', false],
    ['States.ALL', 'MyError', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.TaskFailed', 'MyError', true],
    ['States.TaskFailed', 'Lambda.TooManyRequestsException', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
  ])('%s and the error %s: %s', (name, error, expected) => {
    expect(matches([name], error)).toBe(expected);
  });
});

describe('the pauses of a retrier', () => {
  const pauses = (retriers: Retrier[], errors: string[], random = 0.5) => {
    const used = {};
    return errors.map((error) => nextRetrySeconds(retriers, error, used, () => random));
  };
  const all = ['States.ALL'];
  const failures = (count: number) => Array.from({ length: count }, () => 'E');

  it.each<[string, Retrier, (number | undefined)[]]>([
    ['by default', { ErrorEquals: all }, [1, 2, 4, undefined]],
    ['without attempts', { ErrorEquals: all, MaxAttempts: 0 }, [undefined]],
    [
      'with an interval and a rate',
      { ErrorEquals: all, IntervalSeconds: 3, BackoffRate: 1.5 },
      [3, 4.5, 6.75, undefined],
    ],
    [
      'with a cap',
      { ErrorEquals: all, IntervalSeconds: 2, MaxDelaySeconds: 5, MaxAttempts: 4 },
      [2, 4, 5, 5, undefined],
    ],
    ['with full jitter', { ErrorEquals: all, JitterStrategy: 'FULL' }, [0.5, 1, 2, undefined]],
    ['for other errors', { ErrorEquals: ['Other'] }, [undefined]],
  ])('%s', (_name, retrier, expected) => {
    expect(pauses([retrier], failures(expected.length))).toEqual(expected);
  });

  it('count for each retrier on its own', () => {
    const retriers = [
      { ErrorEquals: ['A', 'B'], MaxAttempts: 2 },
      { ErrorEquals: ['C'], IntervalSeconds: 5 },
    ];
    // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
    expect(pauses(retriers, ['A', 'B', 'C', 'B'])).toEqual([1, 2, 5, undefined]);
  });
});
