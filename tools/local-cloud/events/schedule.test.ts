import { describe, expect, it } from 'vitest';
import { parseSchedule } from './schedule.ts';

const created = Date.parse('2026-03-01T10:20:30Z');

function next(expression: string, after: string): string | undefined {
  const moment = parseSchedule(expression, created)(Date.parse(after));
  return moment === undefined ? undefined : new Date(moment).toISOString();
}

const cases: [string, string, string][] = [
  ['rate(1 minute)', '2026-03-01T10:20:30Z', '2026-03-01T10:21:30.000Z'],
  ['rate(1 day)', '2026-03-04T00:00:00Z', '2026-03-04T10:20:30.000Z'],
  ['cron(0 3 * * ? *)', '2026-03-01T10:20:30Z', '2026-03-02T03:00:00.000Z'],
  ['cron(0 3 * * ? *)', '2026-03-01T02:59:59Z', '2026-03-01T03:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-03-01T10:20:30Z', '2026-03-01T10:30:00.000Z'],
  ['cron(0 8-9 ? * MON-FRI *)', '2026-03-06T09:00:00Z', '2026-03-09T08:00:00.000Z'],
  ['cron(30 12 1 JAN,JUL ? *)', '2026-03-01T10:20:30Z', '2026-07-01T12:30:00.000Z'],
  ['cron(0 0 29 2 ? *)', '2026-03-01T10:20:30Z', '2028-02-29T00:00:00.000Z'],
];

describe('parseSchedule', () => {
  it.each(cases)('%s after %s is %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('never fires again after the last year of an expression', () => {
    expect(next('cron(0 0 1 1 ? 2025)', '2026-03-01T00:00:00Z')).toBeUndefined();
  });

  it.each([
    'rate(1 minutes)',
    'rate(2 minute)',
    'rate(0 days)',
    'cron(0 3 * * *)',
    'cron(0 3 * * * *)',
    'cron(60 3 * * ? *)',
    'cron(0 3 L * ? *)',
    'at(2026-03-01T00:00:00)',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression, created)).toThrow(expression);
  });
});
