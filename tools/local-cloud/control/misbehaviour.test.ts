import { describe, expect, it } from 'vitest';
import { MisbehaviourControl, noFaults } from './misbehaviour.ts';

describe('MisbehaviourControl', () => {
  it('changes only the given settings', () => {
    const control = new MisbehaviourControl();
    control.change({ dropAnswers: 0.5 });
    expect(control.switches).toEqual({ ...noFaults(), dropAnswers: 0.5 });
  });

  it('produces the same random numbers for the same seed', () => {
    const numbers = (seed: number) => {
      const control = new MisbehaviourControl();
      control.change({ seed });
      return Array.from({ length: 20 }, () => control.random());
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
    for (const number of numbers(7)) expect(number >= 0 && number < 1).toBe(true);
  });

  it.each([
    { dropAnswers: 1.1 },
    { throttleDynamo: Number.NaN },
    { reorderDeliveries: 1 },
    { loseEverything: true },
    { away: 'events' },
  ])('rejects %j and changes nothing', (partial) => {
    const control = new MisbehaviourControl();
    expect(() => control.change({ addLatencyMs: 5, ...partial } as object)).toThrow('misbehave');
    expect(control.switches).toEqual(noFaults());
  });
});
