import { UserError } from '@triptych/base/user-error';
import type { RateCurve } from './rate-curve.ts';

/** What a file of traffic holds: a rate over time, or the time of each request. */
export type CsvTraffic = { readonly curve: RateCurve } | { readonly timesMs: readonly number[] };

/** More would not fit in memory beside the rest. */
const MAX_LINES = 5_000_000;

/**
 * Reads traffic. One column: the time of each request in seconds. Two columns: a time in seconds, and the requests per second
 * from then on in a straight line to the next. A first line of words is a header.
 * @throws UserError that names the line
 */
export function readTraffic(text: string, name: string): CsvTraffic {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  if (lines.length > MAX_LINES) throw new UserError(`${name} has more than ${MAX_LINES} lines.`);
  const hasHeader = /[a-z]/i.test(lines[0] ?? '') && !/^[\d.eE+,;\s-]+$/.test(lines[0] ?? '');
  const rows = lines.slice(hasHeader ? 1 : 0).map((line, index) => {
    const cells = line.split(/[,;\t]/).map(Number);
    const number = index + 1 + (hasHeader ? 1 : 0);
    if (
      line === '' ||
      cells.length > 2 ||
      !cells.every((cell) => Number.isFinite(cell) && cell >= 0)
    ) {
      throw new UserError(
        `${name}, line ${number}: "${line.slice(0, 60)}" is not one or two numbers from 0.`,
      );
    }
    return { cells, number };
  });
  const columns = rows[0]?.cells.length ?? 0;
  const odd = rows.find(({ cells }) => cells.length !== columns);
  if (odd) throw new UserError(`${name}, line ${odd.number}: other lines have ${columns} columns.`);
  const late = rows.find(
    ({ cells }, at) => at > 0 && (cells[0] ?? 0) < (rows[at - 1]?.cells[0] ?? 0),
  );
  if (late)
    throw new UserError(`${name}, line ${late.number}: the time is before that of the line above.`);
  if (columns === 1) return { timesMs: rows.map(({ cells: [seconds = 0] }) => seconds * 1_000) };
  if (rows.length < 2) throw new UserError(`${name} needs two lines or more.`);
  const startS = rows[0]?.cells[0] ?? 0;
  return {
    curve: rows.map(({ cells: [seconds = 0, rate = 0] }) => ({
      atMs: (seconds - startS) * 1_000,
      rate,
    })),
  };
}
