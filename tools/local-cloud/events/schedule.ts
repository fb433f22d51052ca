import { Cron } from 'croner';
import { AwsError } from '../kernel.ts';
import { toCronerPattern } from './cron-pattern.ts';

/** Returns when a schedule fires first after `afterMs` (both epoch ms), or undefined if it never does. */
export type Schedule = (afterMs: number) => number | undefined;

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Parses `rate(5 minutes)` (counted from `createdAtMs`) or `cron(0 3 * * ? *)` (six fields, UTC).
 * Rules: "Creating a rule that runs on a schedule" in the EventBridge user guide.
 * @throws AwsError ValidationException naming the expression
 */
export function parseSchedule(expression: string, createdAtMs: number): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) return rateSchedule(expression, rate, createdAtMs);
  const [, cron] = /^cron\((.+)\)$/.exec(expression) ?? [];
  if (cron !== undefined) return cronSchedule(expression, cron);
  throw refused(expression, 'neither rate(…) nor cron(…)');
}

function rateSchedule(expression: string, match: RegExpExecArray, createdAtMs: number): Schedule {
  const count = Number(match[1]);
  // EventBridge insists on the singular for one and the plural for more.
  if (count < 1 || (count === 1) !== (match[3] === '')) {
    throw refused(expression, 'one minute, hour or day is singular, more are plural');
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
    // An offset instead of the time zone UTC: croner would load the time zones for that (65 ms).
    const options = { mode: '7-part', alternativeWeekdays: true, utcOffset: 0 } as const;
    return new Cron(toCronerPattern(fields), options);
  } catch (error) {
    throw refused(expression, error instanceof Error ? error.message : String(error));
  }
}

function refused(expression: string, reason: string): AwsError {
  const text = `Parameter ScheduleExpression is not valid: ${expression} (${reason}).`;
  return new AwsError('ValidationException', text);
}
