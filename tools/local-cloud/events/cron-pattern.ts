// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Names of the values, starting with that of `low`. */
  readonly names?: readonly string[];
  /** Translates syntax that only this field allows, and only as the whole field. */
  readonly special?: (text: string, field: Field) => string | undefined;
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const FIELDS: readonly Field[] = [
  { name: 'minutes', low: 0, high: 59 },
  { name: 'hours', low: 0, high: 23 },
  { name: 'day-of-month', low: 1, high: 31, special: specialDayOfMonth },
  { name: 'month', low: 1, high: 12, names: MONTHS },
  { name: 'day-of-week', low: 1, high: 7, names: DAYS, special: specialDayOfWeek },
  { name: 'year', low: 1970, high: 2199 },
];

/**
 * Translates the six fields of an EventBridge cron expression to the seven of croner 11 (`7-part`
 * with `alternativeWeekdays`). Only EventBridge supports these: `0/15` counts to the end of the
 * field, a range may wrap around (`20-2`), the day-of-week `L` is Saturday, and years are
 * 1970–2199. The function rejects syntax that only croner supports: days joined by `+`, `?` in
 * other fields, and `L`, `W` or `#` in a list.
 * @throws TypeError that names the invalid field
 */
export function toCronerPattern(expression: string): string {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  if (fields.length !== FIELDS.length) throw new TypeError('it must have six fields');
  if ((fields[2] === '?') === (fields[4] === '?')) {
    throw new TypeError('exactly one of day-of-month and day-of-week must be ?');
  }
  const translated = FIELDS.map((field, index) => translateField(fields[index] ?? '', field));
  return ['0', ...translated].join(' ');
}

function translateField(text: string, field: Field): string {
  const special = field.special?.(text, field);
  return (
    special ??
    text
      .split(',')
      .map((part) => translateRange(part, field))
      .join(',')
  );
}

/** `*`, `5`, `1-5`, `MON`, `0/15`, `10-40/15`, and `*` with a step. */
function translateRange(part: string, field: Field): string {
  const [, from, to, slashStep = ''] = /^(\*|\w+)(?:-(\w+))?(\/\d+)?$/.exec(part) ?? [];
  if (part === '*') return part;
  const first = from === '*' && to === undefined ? field.low : readValue(from ?? part, field);
  if (to === undefined) return slashStep ? `${first}-${field.high}${slashStep}` : `${first}`;
  const last = readValue(to, field);
  if (first <= last) return `${first}-${last}${slashStep}`;
  if (slashStep || field.name === 'year') {
    throw new TypeError(`"${part}" in ${field.name} must not wrap around`);
  }
  return `${first}-${field.high},${field.low}-${last}`;
}

/** `?` (any day), `L` (last day), `LW` (last weekday), `3W` (weekday nearest to the 3rd). */
function specialDayOfMonth(text: string, field: Field): string | undefined {
  if (text === '?') return '*';
  if (text === 'L' || text === 'LW') return text;
  const [, day] = /^(\w+)W$/.exec(text) ?? [];
  return day && `${readValue(day, field)}W`;
}

/** `?` (any day), `L` (Saturday), `6L` (last Friday of the month), `6#3` (its third Friday). */
function specialDayOfWeek(text: string, field: Field): string | undefined {
  if (text === '?') return '*';
  if (text === 'L') return `${field.high}`;
  const [, day, nth] = /^(\w+?)(L|#[1-5])$/.exec(text) ?? [];
  return day && `${readValue(day, field)}#${nth === 'L' ? nth : nth?.slice(1)}`;
}

function readValue(text: string, { name, low, high, names = [] }: Field): number {
  const position = names.indexOf(text);
  const value = position < 0 ? (/^\d+$/.test(text) ? Number(text) : Number.NaN) : position + low;
  if (value >= low && value <= high) return value;
  throw new TypeError(`"${text}" in ${name} is not a value from ${low} to ${high}`);
}
