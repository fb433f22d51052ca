import type { Assumed } from './assumptions.ts';
import type { Bill } from './bill.ts';
import type { Inventory } from './inventory.ts';
import type { End, Measured } from './measured.ts';
import { monthlyBill } from './month.ts';
import type { PriceList } from './price-list.ts';
import type { Scenario } from './workload.ts';

/** Requests a month: from a thousand to a billion. */
export const sweep = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/** A target whose month can be billed for any traffic. */
export interface Billable {
  readonly target: string;
  readonly inventory: Inventory;
  readonly measured: Measured;
}

export interface Conditions {
  readonly prices: PriceList;
  readonly assumed: Assumed;
  readonly scenario: Omit<Scenario, 'requestsPerMonth'>;
}

/** A target's bill for a month with so many requests, at one end of what was measured. */
export function billAt(
  { inventory, measured }: Billable,
  { prices, assumed, scenario }: Conditions,
  requestsPerMonth: number,
  end: End = 'value',
): Bill {
  return monthlyBill({
    inventory,
    workload: measured.at[end],
    prices,
    assumed,
    scenario: { ...scenario, requestsPerMonth },
  });
}

/** Requests from which one is dearer than the other, and how often they change places. */
export interface BreakEven {
  /** Requests a month at the first change of places. */
  readonly requests: number;
  readonly low: number;
  readonly high: number;
  /** Cheaper below it. */
  readonly below: string;
  /** Cheaper above it. */
  readonly above: string;
  readonly crossings: number;
}

type Cost = (requests: number) => number;

/**
 * Where two targets cost the same between the sweep's ends. The interval is what the measured spread implies: the same point
 * with one bill at its cheap end and the other at its dear end, and the other way round; at the sweep's end where the lines
 * then do not meet.
 * @returns undefined where one is cheaper throughout
 */
export function breakEven(a: Billable, b: Billable, given: Conditions): BreakEven | undefined {
  const cost =
    (one: Billable, end: End): Cost =>
    (requests) =>
      billAt(one, given, requests, end).usd;
  const middle = crossings(cost(a, 'value'), cost(b, 'value'));
  const [requests] = middle;
  if (requests === undefined) return undefined;
  const aFirst = cost(a, 'value')(sweep[0]) < cost(b, 'value')(sweep[0]);
  const [below, above] = aFirst ? [a, b] : [b, a];
  // The cheaper one below, made dearer, is overtaken sooner.
  const early = crossings(cost(below, 'high'), cost(above, 'low'))[0] ?? first;
  const late = crossings(cost(below, 'low'), cost(above, 'high'))[0] ?? last;
  return {
    requests,
    low: Math.min(requests, early),
    high: Math.max(requests, late, ...middle),
    below: below.target,
    above: above.target,
    crossings: middle.length,
  };
}

const first = sweep[0];
const last = sweep[sweep.length - 1] ?? 1e9;
/** Steps between the sweep's ends: a bill has steps of its own, where a task is added. */
const steps = 300;

/** All points at which the two change places, to a thousandth. */
export function crossings(a: Cost, b: Cost): number[] {
  const found: number[] = [];
  const at = (step: number) => first * (last / first) ** (step / steps);
  let before = Math.sign(a(first) - b(first));
  for (let step = 1; step <= steps; step += 1) {
    const now = Math.sign(a(at(step)) - b(at(step)));
    if (now !== 0 && before !== 0 && now !== before) {
      found.push(bisect(a, b, at(step - 1), at(step)));
    }
    if (now !== 0) before = now;
  }
  return found;
}

function bisect(a: Cost, b: Cost, from: number, to: number): number {
  const start = Math.sign(a(from) - b(from));
  let [low, high] = [from, to];
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (Math.sign(a(middle) - b(middle)) === start) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
