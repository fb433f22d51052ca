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
  ['cron(0 3 1 1 ? */4)', '2026-03-01T10:20:30Z', '2030-01-01T03:00:00.000Z'],
  ['cron(0 3 1 1 ? 2199)', '2026-03-01T10:20:30Z', '2199-01-01T03:00:00.000Z'],
  ['cron(0 3 ? * 1 *)', '2026-03-01T10:20:30Z', '2026-03-08T03:00:00.000Z'],
  ['cron(0 3 ? * sat *)', '2026-03-01T10:20:30Z', '2026-03-07T03:00:00.000Z'],
  ['cron(0 3 ? * FRI-MON *)', '2026-03-03T10:20:30Z', '2026-03-06T03:00:00.000Z'],
  ['cron(0 3 1 NOV-FEB ? *)', '2026-03-01T10:20:30Z', '2026-11-01T03:00:00.000Z'],
  ['cron(0 3 ? * 6#5 *)', '2026-03-01T10:20:30Z', '2026-05-29T03:00:00.000Z'],
  ['cron(0 3 1W * ? *)', '2026-02-01T10:20:30Z', '2026-02-02T03:00:00.000Z'],
  ['cron(0 3 LW * ? *)', '2026-05-01T10:20:30Z', '2026-05-29T03:00:00.000Z'],
];

/**
 * Examples of "Cron expressions reference" in the EventBridge User Guide (one with later years),
 * and the first time that each fires after Sunday, 1 March 2026, 10:20:30.
 */
const documented: [string, string][] = [
  ['cron(0 10 * * ? *)', '2026-03-02T10:00:00.000Z'],
  ['cron(15 12 * * ? *)', '2026-03-01T12:15:00.000Z'],
  ['cron(0 18 ? * MON-FRI *)', '2026-03-02T18:00:00.000Z'],
  ['cron(0 8 1 * ? *)', '2026-04-01T08:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-03-01T10:30:00.000Z'],
  ['cron(1/10 * * * ? *)', '2026-03-01T10:21:00.000Z'],
  ['cron(0/10 * ? * MON-FRI *)', '2026-03-02T00:00:00.000Z'],
  ['cron(0/5 8-17 ? * MON-FRI *)', '2026-03-02T08:00:00.000Z'],
  ['cron(0/30 20-2 ? * MON-FRI *)', '2026-03-02T00:00:00.000Z'],
  ['cron(0 9 ? * 2#1 *)', '2026-03-02T09:00:00.000Z'],
  ['cron(0 9 ? * 3#2 *)', '2026-03-10T09:00:00.000Z'],
  ['cron(15 10 ? * 6L 2022-2027)', '2026-03-27T10:15:00.000Z'],
  ['cron(0 9 L * ? *)', '2026-03-31T09:00:00.000Z'],
  ['cron(0 9 ? * L *)', '2026-03-07T09:00:00.000Z'],
  ['cron(0 9 3W * ? *)', '2026-03-03T09:00:00.000Z'],
];

describe('parseSchedule', () => {
  it.each(cases)('%s after %s is %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each(documented)('the documented %s is %s', (expression, expected) => {
    expect(next(expression, '2026-03-01T10:20:30Z')).toBe(expected);
  });

  it('continues past midnight, but not into the weekend, when hours wrap around', () => {
    const schedule = parseSchedule('cron(0/30 20-2 ? * MON-FRI *)', created);
    const moments: string[] = [];
    let at = Date.parse('2026-03-06T22:40:00Z');
    for (let count = 0; count < 4; count += 1) {
      at = schedule(at) ?? Number.NaN;
      moments.push(new Date(at).toISOString().slice(8, 16));
    }
    // Saturday, 7 March, is not a weekday.
    expect(moments).toEqual(['06T23:00', '06T23:30', '09T00:00', '09T00:30']);
  });

  it('fires strictly after the given time', () => {
    expect(next('cron(0 3 * * ? *)', '2026-03-01T03:00:00.000Z')).toBe('2026-03-02T03:00:00.000Z');
    expect(next('cron(0 3 * * ? *)', '2026-03-01T02:59:59.999Z')).toBe('2026-03-01T03:00:00.000Z');
  });

  it('never fires on a day that does not exist', () => {
    expect(next('cron(0 0 30 2 ? *)', '2026-03-01T00:00:00Z')).toBeUndefined();
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
    'cron(0 3 ? * 0 *)',
    'cron(0 3 ? * 8 *)',
    'cron(0 3 0 * ? *)',
    'cron(0 3 1 13 ? *)',
    'cron(0 3 1 1 ? 1969)',
    'cron(0 3 1 1 ? 2200)',
    'cron(0 3 1 1 ? 2030-2026)',
    'cron(? 3 1 1 ? *)',
    'cron(0/0 * * * ? *)',
    'cron(1,, * * * ? *)',
    'cron(50-10/5 * * * ? *)',
    'cron(0 3 ? * MONDAY *)',
    'cron(0 3 ? * +MON *)',
    'cron(0 3 ? * 3#6 *)',
    // The documentation lists this one as invalid.
    'cron(0 3 ? * 3#1,6#3 *)',
    'cron(0 3 1,L * ? *)',
    'cron(0 3 32W * ? *)',
    'at(2026-03-01T00:00:00)',
  ])('rejects %s', (expression) => {
    expect(() => parseSchedule(expression, created)).toThrow(expression);
  });
});
