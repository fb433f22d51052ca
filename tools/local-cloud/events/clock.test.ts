import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScheduleClock } from './clock.ts';
import { type Rule, readRule } from './rule.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-01T10:20:30Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

function scheduled(name: string, ScheduleExpression: string): Rule {
  const where = { name, arn: `arn:${name}`, busName: 'default', nowMs: Date.now() };
  return readRule(where, { ScheduleExpression });
}

describe('ScheduleClock', () => {
  it('fires each rule when it is due, including one added later', () => {
    const rules = [scheduled('often', 'rate(5 minutes)')];
    const fired: string[] = [];
    const clock = new ScheduleClock({ rules: () => rules, fire: (rule) => fired.push(rule.name) });
    clock.start();
    vi.advanceTimersByTime(10 * 60_000);
    expect(fired).toEqual(['often', 'often']);
    rules.push(scheduled('sooner', 'rate(1 minute)'));
    clock.reschedule();
    vi.advanceTimersByTime(60_000);
    expect(fired).toEqual(['often', 'often', 'sooner']);
    clock.stop();
    vi.advanceTimersByTime(24 * 3_600_000);
    expect(fired).toHaveLength(3);
  });
});
