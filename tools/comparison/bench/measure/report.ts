import type { Spread } from '../../statistics/quantile.ts';
import type { Benchmark, Findings, Labelled } from './benchmark.ts';

/** Formats a benchmark's findings as lines of text. */
export function reportOf(
  benchmark: Pick<Benchmark, 'title' | 'method' | 'aim'>,
  findings: Findings,
): string[] {
  const { ratio, control, alsoOverBaseline = [], costs, unit, rest } = findings;
  const { title, method, aim } = benchmark;
  const reached = ratio.median <= aim;
  const times = ({ label, spread }: Labelled) => row(spread, 2, '×', label);
  const lines = [
    title,
    `  ${method}`,
    row(ratio, 2, '×', `target ${aim.toFixed(2)}: ${reached ? 'reached' : 'not reached'}`),
    ...alsoOverBaseline.map(times),
    row(control, 2, '×', 'A/A: the baseline against itself (machine noise)'),
    ...costs.map(({ label, spread }) => row(spread, 1, unit, label)),
  ];
  const difference = `${ratio.median < 1 ? '−' : '+'}${Math.abs(ratio.median - 1).toFixed(2)}`;
  const parts = rest.map(({ label, spread }) => row(spread, 2, '×', label, '+'));
  return [
    ...lines,
    `  Parts of the difference ${difference}, measured in the same rounds:`,
    ...parts,
  ];
}

/** Formats `    1.84 ×   IQR 1.80–1.90, min–max 1.7–2.1, n 25   label`. */
function row(spread: Spread, digits: number, unit: string, label: string, sign = ''): string {
  // A value that rounds to zero has no sign.
  const text = (value: number) => value.toFixed(digits).replace(/^-(0\.?0*)$/, '$1');
  const middle = `${spread.median >= 0 ? sign : ''}${text(spread.median)}`.padStart(9);
  const quartiles = `IQR ${text(spread.q1)}–${text(spread.q3)}`;
  const ends = `min–max ${text(spread.min)}–${text(spread.max)}`;
  const detail = `${quartiles}, ${ends}, n ${spread.n}`;
  return `${middle} ${unit.padEnd(2)}  ${detail.padEnd(48)}  ${label}`;
}
