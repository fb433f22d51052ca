import type { Figure, Spread } from '../data/index.ts';

/** A value as people read it: three digits that count, and its unit apart. */
export interface Shown {
  readonly number: string;
  /** With its leading space where one belongs; empty for plain counts. */
  readonly unit: string;
}

const kibi = 1024;
const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const shortScales = [
  [1e12, ' tn'],
  [1e9, ' bn'],
  [1e6, ' M'],
] as const;

/** Whole numbers from a hundred on, else three digits that count. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1);
  if (size >= 100 || Number.isInteger(value)) {
    return value.toLocaleString('en', { maximumFractionDigits: 0 });
  }
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

function scaled(value: number): string {
  const scale = shortScales.find(([from]) => Math.abs(value) >= from);
  return scale ? `${plainNumber(value / scale[0])}${scale[1]}` : plainNumber(value);
}

function bytes(value: number): Shown {
  const size = Math.abs(value);
  const step = size < kibi ? 0 : Math.min(4, Math.floor(Math.log(size) / Math.log(kibi)));
  return { number: plainNumber(value / kibi ** step), unit: ` ${byteUnits[step]}` };
}

/** Dollars and cents where cents matter. */
function dollars(value: number, per: string): Shown {
  const size = Math.abs(value);
  const cents = size < 100 && size >= 0.1;
  const number = cents ? value.toFixed(2) : plainNumber(value);
  return { number: `$${number}`, unit: per };
}

/** @param unit as in a figure: ms, count, bytes, share, ratio, USD/month, … */
export function formatValue(value: number, unit: string): Shown {
  if (unit === 'count' || unit === '') return { number: scaled(value), unit: '' };
  if (unit === 'bytes' || unit === 'B') return bytes(value);
  if (unit === 'share') return { number: plainNumber(value * 100), unit: ' %' };
  if (unit === 'ratio') return { number: plainNumber(value), unit: '×' };
  if (unit.startsWith('USD')) return dollars(value, unit.slice('USD'.length));
  return {
    number: scaled(value),
    unit: unit.startsWith('1/') ? ` per ${unit.slice(2)}` : ` ${unit}`,
  };
}

export const shownText = ({ number, unit }: Shown) => `${number}${unit}`;

const kindNames: Record<Spread['kind'], string> = {
  ci95: '95 % interval',
  iqr: 'middle half',
  'min-max': 'all within',
  exact: 'counted',
};

/** Low and high, short: what stands under a value; empty for what was counted. */
export function formatSpread({ spread, unit }: Figure): string {
  if (spread.kind === 'exact') return '';
  const low = formatValue(spread.low, unit);
  const high = formatValue(spread.high, unit);
  const same = low.unit === high.unit;
  return `${same ? low.number : shownText(low)}–${high.number}${same ? '' : high.unit}`;
}

/** Everything about a figure in one line: what a reader sees who points at it. */
export function figureNote(figure: Figure): string {
  const spread =
    figure.spread.kind === 'exact'
      ? kindNames.exact
      : `n = ${figure.n}${figure.indicative ? ', indicative' : ''}, ${kindNames[figure.spread.kind]} ${formatSpread(figure)}`;
  return `${figure.title}: ${spread} · ${figure.origin} · ${figure.at} · ${figure.id}`;
}
