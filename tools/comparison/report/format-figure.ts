import type { Figure, Spread } from '../data/index.ts';

/** A formatted value with three significant digits, separate from its unit. */
export interface Shown {
  readonly number: string;
  /** Starts with the space before the unit, which does not break before a symbol; empty for plain counts. */
  readonly unit: string;
}

const KIBI = 1024;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const SHORT_SCALES = [
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'M'],
] as const;
/** Keeps a number and its unit on one line. */
const NBSP = '\u00a0';
/** Units that are words, so that a line may break before them. */
const WORD_UNITS: Readonly<Record<string, string>> = { 'requests/month': ' requests a month' };

/** Created once, because `toLocaleString` takes forty times as long. */
const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Formats whole numbers and values from 100 without decimals, smaller ones with three significant digits. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (value < 0) return `−${plainNumber(size)}`;
  if (size !== 0 && size < 1e-4) return value.toExponential(1);
  if (size >= 100 || Number.isInteger(value)) {
    return WHOLE.format(value);
  }
  return SHORT.format(value);
}

function scaled(value: number): string {
  const scale = SHORT_SCALES.find(([from]) => Math.abs(value) >= from);
  return scale ? `${plainNumber(value / scale[0])}${NBSP}${scale[1]}` : plainNumber(value);
}

function bytes(value: number): Shown {
  const size = Math.abs(value);
  const step = size < KIBI ? 0 : Math.min(4, Math.floor(Math.log(size) / Math.log(KIBI)));
  return { number: plainNumber(value / KIBI ** step), unit: `${NBSP}${BYTE_UNITS[step]}` };
}

/** Shows cents between $0.10 and $100. @param per `/month`, or empty */
function dollars(value: number, per: string): Shown {
  const size = Math.abs(value);
  const cents = size < 100 && size >= 0.1;
  const number = cents ? value.toFixed(2) : plainNumber(value);
  return { number: `$${number}`, unit: per.replace('/', ' a ') };
}

/** @param unit the unit of a figure: ms, count, bytes, share, ratio, USD/month, … */
export function formatValue(value: number, unit: string): Shown {
  if (unit === 'count' || unit === '') return { number: scaled(value), unit: '' };
  if (unit === 'bytes' || unit === 'B') return bytes(value);
  if (unit === 'share') return { number: plainNumber(value * 100), unit: `${NBSP}%` };
  if (unit === 'ratio') return { number: plainNumber(value), unit: `${NBSP}×` };
  if (unit.startsWith('USD')) return dollars(value, unit.slice('USD'.length));
  const words = unit.startsWith('1/') ? `per ${unit.slice(2)}` : unit;
  return { number: scaled(value), unit: WORD_UNITS[unit] ?? NBSP + words };
}

export const shownText = ({ number, unit }: Shown) => `${number}${unit}`;

/** Rounds to two significant digits: 39.5 to 40. */
export const rounded = (value: number) => Number(value.toPrecision(2));

/** A figure's value as text: `15.8 ms`. */
export const shownValue = ({ value, unit }: Pick<Figure, 'value' | 'unit'>) =>
  shownText(formatValue(value, unit));

export const shownRatio = (value: number) => shownValue({ value, unit: 'ratio' });

/** Whether all figures look the same, although their values may differ in a later digit. */
export function lookSame(figures: readonly Pick<Figure, 'value' | 'unit'>[]): boolean {
  return new Set(figures.map(shownValue)).size <= 1;
}

const KIND_NAMES: Record<Spread['kind'], string> = {
  ci95: '95 % interval',
  iqr: 'interquartile range',
  'min-max': 'range',
  exact: 'counted',
};

/** The short form of an interval, shown below a value; empty if both ends look the same, and for a counted figure. */
export function formatSpread({ spread, unit }: Figure): string {
  if (spread.kind === 'exact') return '';
  const low = formatValue(spread.low, unit);
  const high = formatValue(spread.high, unit);
  if (shownText(low) === shownText(high)) return '';
  const same = low.unit === high.unit;
  const dash = spread.low < 0 ? ' to ' : '–';
  return `${same ? low.number : shownText(low)}${dash}${high.number}${same ? '' : high.unit}`;
}

/** Everything about a figure in one line, shown as the tooltip of its value. */
export function figureNote(figure: Figure): string {
  const interval = formatSpread(figure);
  const spread =
    figure.spread.kind === 'exact'
      ? KIND_NAMES.exact
      : [
          `n = ${figure.n}`,
          ...(figure.indicative ? ['indicative'] : []),
          ...(interval ? [`${KIND_NAMES[figure.spread.kind]} ${interval}`] : []),
        ].join(', ');
  return `${figure.title}: ${spread} · ${figure.origin} · ${figure.at} · ${figure.id}`;
}
