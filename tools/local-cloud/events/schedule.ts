import { AwsError } from '../kernel.ts';

/** Gives the first moment (epoch ms) at which a schedule fires after `afterMs`; undefined when never again. */
export type Schedule = (afterMs: number) => number | undefined;

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const monthNames = [
  'JAN',
  'FEB',
  'MAR',
  'APR',
  'MAY',
  'JUN',
  'JUL',
  'AUG',
  'SEP',
  'OCT',
  'NOV',
  'DEC',
];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const lastYear = 2199;
// How far a cron expression is searched: a leap day can be eight years off.
const horizonDays = 366 * 9;

/**
 * Parses `rate(5 minutes)` (counted from `createdAtMs`) or `cron(0 3 * * ? *)` (six fields, UTC).
 * Rules: "Creating a rule that runs on a schedule" in the EventBridge user guide.
 * @throws AwsError ValidationException naming the expression, also for `L`, `W` and `#`, which we do not have
 */
export function parseSchedule(expression: string, createdAtMs: number): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) return rateSchedule(expression, rate, createdAtMs);
  const cron = /^cron\((.+)\)$/.exec(expression);
  if (cron) return cronSchedule(expression, (cron[1] ?? '').trim().split(/\s+/));
  throw refused(expression, 'neither rate(…) nor cron(…)');
}

function rateSchedule(expression: string, match: RegExpExecArray, createdAtMs: number): Schedule {
  const count = Number(match[1]);
  // EventBridge insists on the singular for one and the plural for more.
  if (count < 1 || (count === 1) !== (match[3] === '')) {
    throw refused(expression, 'one minute, hour or day is singular, more are plural');
  }
  const everyMs = count * unitMs[match[2] as keyof typeof unitMs];
  return (afterMs) => {
    const elapsed = Math.max(0, Math.floor((afterMs - createdAtMs) / everyMs));
    return createdAtMs + (elapsed + 1) * everyMs;
  };
}

function cronSchedule(expression: string, fields: string[]): Schedule {
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || !minute || !hour || !dayOfMonth || !month || !dayOfWeek || !year) {
    throw refused(expression, 'six fields are needed');
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw refused(expression, 'exactly one of day-of-month and day-of-week must be ?');
  }
  const values = (text: string, low: number, high: number, names: string[] = []) =>
    fieldValues(expression, text === '?' ? '*' : text, low, high, names);
  const minutes = [...values(minute, 0, 59)].sort((a, b) => a - b);
  const hours = [...values(hour, 0, 23)].sort((a, b) => a - b);
  const months = values(month, 1, 12, ['', ...monthNames]);
  const daysOfMonth = values(dayOfMonth, 1, 31);
  const daysOfWeek = values(dayOfWeek, 1, 7, ['', ...dayNames]);
  const years = values(year, 1970, lastYear);
  const onDay = (day: Date) =>
    years.has(day.getUTCFullYear()) &&
    months.has(day.getUTCMonth() + 1) &&
    daysOfMonth.has(day.getUTCDate()) &&
    daysOfWeek.has(day.getUTCDay() + 1);
  return (afterMs) => {
    const midnight = Math.floor(afterMs / unitMs.day) * unitMs.day;
    for (let days = 0; days <= horizonDays; days += 1) {
      const day = midnight + days * unitMs.day;
      if (!onDay(new Date(day))) continue;
      const moments = hours.flatMap((h) =>
        minutes.map((m) => day + h * unitMs.hour + m * unitMs.minute),
      );
      const next = moments.find((moment) => moment > afterMs);
      if (next !== undefined) return next;
    }
    return undefined;
  };
}

/** Values of one cron field: `*`, `5`, `1-5`, `MON,WED`, `0/15`, `*` with a step. */
function fieldValues(
  expression: string,
  field: string,
  low: number,
  high: number,
  names: string[],
): Set<number> {
  const number = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    const value = named > 0 ? named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw refused(expression, `${text} is not understood, or not within ${low}–${high}`);
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [from = '', to] = range.split('-');
    const first = from === '*' ? low : number(from);
    const last = to !== undefined ? number(to) : from === '*' || step !== undefined ? high : first;
    const by = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(by) || by < 1)
      throw refused(expression, `the step ${step} is not a number`);
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
}

function refused(expression: string, reason: string): AwsError {
  const text = `Parameter ScheduleExpression is not valid: ${expression} (${reason}).`;
  return new AwsError('ValidationException', text);
}
