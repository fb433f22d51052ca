import colors from 'picocolors';
import type { Bill } from '../../cost/index.ts';
import type { SimulatedAll } from './simulate-all.ts';
import type { Simulated } from './simulated.ts';
import { STEPS } from './step-works.ts';

const LABEL = 34;
const COLUMN = 17;
/** With a larger share of rejected requests there is no bill. */
const REJECTED = 0.01;

/** The monthly bill of a target at the simulated mean rate, if it can be computed. */
export type SimulatedBills = ReadonlyMap<string, Bill>;

/** Formats the results as columns, one per target. */
export function renderSimulation(all: SimulatedAll, bills: SimulatedBills): string {
  const { results, errors, missing, shortened, wholeRequests } = all;
  const row = (label: string, cell: (result: Simulated) => string) =>
    label.padEnd(LABEL) + results.map((one) => cell(one).padStart(COLUMN)).join('');
  const lines = [colors.bold(row('', ({ target }) => target))];
  for (const step of STEPS) {
    lines.push(row(`${step}, p50 / p95 ms`, ({ steps }) => latency(steps[step].latencies)));
  }
  lines.push(
    row('order confirmed, p50 / p95 ms', ({ orderConfirmed }) => latency(orderConfirmed)),
    row('cold starts', ({ coldShare }) => percent(coldShare)),
    row('rejected', ({ failedShare }) => percent(failedShare)),
    row('most processes', ({ peakProcesses }) => String(peakProcesses)),
    row('mean tasks', ({ meanTasks }) => (meanTasks > 0 ? meanTasks.toFixed(1) : '–')),
    row('pictures from the CDN', ({ cdnHitRate }) =>
      cdnHitRate === undefined ? '–' : percent(cdnHitRate),
    ),
    row('USD a month at this mean rate', ({ target, failedShare }) => {
      const bill = bills.get(target);
      if (bill === undefined) return 'no rates yet';
      // A rejected request costs little, so a bill for all of them would mislead.
      return failedShare > REJECTED
        ? '–'
        : bill.usd.toLocaleString('en', { maximumFractionDigits: 2 });
    }),
  );
  for (const { target, reachedCap } of results) {
    if (reachedCap.length > 0) {
      lines.push(
        colors.yellow(
          `${target}: ${reachedCap.join(', ')} wanted more tasks than the templates allow.`,
        ),
      );
    }
  }
  if (shortened > 1) {
    lines.push(
      '',
      `Simulated ${results[0]?.requests.toLocaleString('en')} of ${Math.round(wholeRequests).toLocaleString('en')} requests: the same rates in a time ${shortened.toFixed(1)} times shorter.`,
      `A run of half that length changes ${[...errors].map(([target, { p95, coldShare }]) => `${target} by ${percent(p95)} (p95 of browsing) and ${(100 * coldShare).toFixed(2)} points (cold starts)`).join('; ')}.`,
    );
  }
  for (const { target, why } of missing)
    lines.push(colors.yellow(`${target}: not simulated, because ${why}.`));
  return lines.join('\n');
}

function latency(histogram: { readonly count: number; quantile(p: number): number }): string {
  if (histogram.count === 0) return '–';
  return `${Math.round(histogram.quantile(0.5))} / ${Math.round(histogram.quantile(0.95))}`;
}

function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 10 ? value.toFixed(0) : value >= 0.1 || value === 0 ? value.toFixed(1) : value.toFixed(3)} %`;
}
