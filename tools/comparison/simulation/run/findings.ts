import { PartFindings, type Series } from '../../data/index.ts';
import type { Moment, Simulated } from './simulated.ts';
import { STEPS } from './step-works.ts';

const ORIGIN = 'simulated from the templates and the measured service times; not measured';
const QUANTILES = [0.5, 0.95, 0.99] as const;

const CURVES: readonly {
  readonly id: string;
  readonly title: string;
  readonly y: Series['y'];
  readonly of: (moment: Moment) => number;
}[] = [
  { id: 'p95', title: 'Latency, p95', y: axis('p95', 'ms'), of: ({ p95Ms }) => p95Ms },
  {
    id: 'processes',
    title: 'Tasks, sandboxes and environments',
    y: axis('processes', 'count'),
    of: ({ processes }) => processes,
  },
  {
    id: 'cold',
    title: 'Cold starts, share of the requests',
    y: axis('cold', '%'),
    of: ({ coldShare }) => 100 * coldShare,
  },
  {
    id: 'failed',
    title: 'Rejected, share of the requests',
    y: axis('rejected', '%'),
    of: ({ failedShare }) => 100 * failedShare,
  },
  {
    id: 'message-age',
    title: 'Oldest message',
    y: axis('age', 's'),
    of: ({ oldestMessageMs }) => oldestMessageMs / 1_000,
  },
  {
    id: 'rate',
    title: 'Requests',
    y: axis('requests a second', ''),
    of: ({ requestsPerSecond }) => requestsPerSecond,
  },
];

function axis(title: string, unit: string): Series['y'] {
  return { title, unit, log: false };
}

/** The results as figures and series in the form of the comparison's data. */
export function simulationFindings(results: readonly Simulated[]): PartFindings {
  const into = new PartFindings('bursts', () => new Date(0));
  for (const result of results) {
    addFigures(into, result);
    const hours = (result.moments.at(-1)?.atMs ?? 0) > 3 * 3_600_000;
    for (const { id, title, y, of } of CURVES) {
      into.draw({
        id: `simulated/${id}`,
        target: result.target,
        title,
        x: { title: hours ? 'hours' : 'minutes', unit: '', log: false },
        y,
        points: result.moments.map((moment) => ({
          x: moment.atMs / (hours ? 3_600_000 : 60_000),
          y: of(moment),
        })),
      });
    }
  }
  return into;
}

function addFigures(into: PartFindings, result: Simulated): void {
  const { target } = result;
  const figure = (what: string, title: string, value: number, unit: string) =>
    into.figure({ what: `simulated/${what}`, target, title, value, unit, origin: ORIGIN });
  for (const step of STEPS) {
    const { latencies } = result.steps[step];
    if (latencies.count === 0) continue;
    for (const q of QUANTILES) {
      figure(`${step}/p${q * 100}`, `${step}, p${q * 100}`, latencies.quantile(q), 'ms');
    }
  }
  if (result.orderConfirmed.count > 0) {
    figure(
      'order-confirmed/p95',
      'order confirmed, p95',
      result.orderConfirmed.quantile(0.95),
      'ms',
    );
  }
  figure('cold-share', 'share of the requests that start cold', result.coldShare, 'share');
  figure('failed-share', 'share of the requests that are rejected', result.failedShare, 'share');
  figure('peak-processes', 'most tasks, sandboxes and environments', result.peakProcesses, 'count');
  if (result.meanTasks > 0) figure('mean-tasks', 'mean of the tasks', result.meanTasks, 'count');
  if (result.cdnHitRate !== undefined) {
    figure('cdn-hit-rate', 'share of the pictures from the cache', result.cdnHitRate, 'share');
  }
}
