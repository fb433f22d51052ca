import { Cron } from 'croner';
import { AwsError } from '../kernel.ts';
import { toCronerPattern } from './cron-pattern.ts';

/**
 * The first time after `afterMs` at which a schedule fires (both epoch ms). Undefined for never.
 */
export type Schedule = (afterMs: number) => number | undefined;

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Parses `rate(5 minutes)` (counted from `createdAtMs`) or `cron(0 3 * * ? *)` (six fields, UTC).
 * Rules: "Creating a rule that runs on a schedule" in the EventBridge User Guide.
 * @throws AwsError ValidationException that names the expression
 */
export function parseSchedule(expression: string, createdAtMs: number): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) return rateSchedule(expression, rate, createdAtMs);
  const [, cron] = /^cron\((.+)\)$/.exec(expression) ?? [];
  if (cron !== undefined) return cronSchedule(expression, cron);
  throw invalid(expression, 'it must be rate(…) or cron(…)');
}

function rateSchedule(expression: string, match: RegExpExecArray, createdAtMs: number): Schedule {
  const count = Number(match[1]);
  // EventBridge requires the singular for 1 and the plural for larger values.
  if (count < 1 || (count === 1) !== (match[3] === '')) {
    throw invalid(expression, 'the unit must be singular for 1 and plural for larger values');
  }
  const everyMs = count * UNIT_MS[match[2] as keyof typeof UNIT_MS];
  return (afterMs) => {
    const elapsed = Math.max(0, Math.floor((afterMs - createdAtMs) / everyMs));
    return createdAtMs + (elapsed + 1) * everyMs;
  };
}

function cronSchedule(expression: string, fields: string): Schedule {
  const cron = parseCron(expression, fields);
  return (afterMs) => cron.nextRun(new Date(afterMs))?.getTime();
}

function parseCron(expression: string, fields: string): Cron {
  try {
    // An offset of 0 instead of the time zone UTC, for which croner loads all time zones (65 ms).
    const options = { mode: '7-part', alternativeWeekdays: true, utcOffset: 0 } as const;
    return new Cron(toCronerPattern(fields), options);
  } catch (error) {
    throw invalid(expression, error instanceof Error ? error.message : String(error));
  }
}

function invalid(expression: string, reason: string): AwsError {
  const text = `Parameter ScheduleExpression is not valid: ${expression} (${reason}).`;
  return new AwsError('ValidationException', text);
}
