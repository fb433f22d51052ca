import type { Billable } from '../../cost/index.ts';
import type { Figure } from '../../data/index.ts';
import { assumeForSimulation } from '../models/assumptions.ts';
import type { SimulateOptions } from './simulate-flags.ts';
import { simulateTarget } from './simulate-target.ts';
import type { Simulated } from './simulated.ts';
import { sized } from './sized-traffic.ts';
import { measuredWorks } from './step-works.ts';

/** The column of serverless whose HTTP runs as Web Functions. */
export const WEB_TARGET = 'web-functions';

/** The results of all targets under the same traffic. */
export interface SimulatedAll {
  readonly results: readonly Simulated[];
  /** What a run of half the length changes, as a share of each value; empty when nothing was shortened. */
  readonly errors: ReadonlyMap<string, { readonly p95: number; readonly coldShare: number }>;
  readonly shortened: number;
  readonly wholeRequests: number;
  /** Targets without a result, and why. */
  readonly missing: readonly { readonly target: string; readonly why: string }[];
}

/** Simulates every target, and serverless once more with Web Functions, with the same seed. */
export function simulateAll(
  billables: readonly Pick<Billable, 'target' | 'inventory'>[],
  figures: readonly Figure[],
  options: SimulateOptions,
  control: { progress?(target: string, share: number): void; isStopped?(): boolean } = {},
): SimulatedAll {
  const results: Simulated[] = [];
  const errors = new Map<string, { p95: number; coldShare: number }>();
  const missing: { target: string; why: string }[] = [];
  const assumed = assumeForSimulation(options.assumed);
  const whole = sized(options.traffic, options);
  const half = sized(options.traffic, { ...options, maxRequests: options.maxRequests / 2 });
  const wanted = billables.flatMap((one) =>
    one.inventory.variant === 'serverless'
      ? [
          { ...one, name: one.target, web: false },
          { ...one, name: WEB_TARGET, web: true },
        ]
      : [{ ...one, name: one.target, web: false }],
  );
  for (const { target, name, inventory, web } of wanted) {
    const found = measuredWorks(figures, target);
    if (!found.works) {
      missing.push({ target: name, why: `the report has no ${found.missing.join(', ')}` });
      continue;
    }
    const { works } = found;
    const { mix, seed } = options;
    const { isStopped, progress } = control;
    const run = (traffic: typeof whole, reports: boolean) =>
      simulateTarget({
        ...{ target: name, inventory, works, assumed, mix, seed, web },
        ...{ arrivals: traffic.arrivals, durationMs: traffic.durationMs },
        ...(isStopped && { isStopped }),
        ...(progress && reports && { progress: (share: number) => progress(name, share) }),
      });
    const result = run(whole, true);
    results.push(result);
    if (whole.shortened > 1 && !isStopped?.())
      errors.set(name, difference(result, run(half, false)));
  }
  const { shortened, wholeRequests } = whole;
  return { results, errors, shortened, wholeRequests, missing };
}

function difference(whole: Simulated, half: Simulated) {
  const p95 = ({ steps }: Simulated) => steps.browse.latencies.quantile(0.95);
  return {
    p95: Math.abs(p95(half) / p95(whole) - 1),
    coldShare: Math.abs(half.coldShare - whole.coldShare),
  };
}
