import type { Assumed } from './assumptions.ts';
import type { Bill } from './bill.ts';
import type { End } from './figure-reader.ts';
import type { Inventory } from './inventory.ts';
import type { Measured } from './measured.ts';
import { monthlyBill } from './month.ts';
import type { PriceList } from './price-list.ts';
import type { Scenario } from './workload.ts';

/** Requests per month, from a thousand to a billion. */
export const SWEEP = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/** A target whose bill can be computed for any traffic. */
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

/** A target's monthly bill for a number of requests, at one end of the measured spreads. */
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

/** The traffic at which two bills are equal, with an interval. */
export interface BreakEven {
  /** Requests per month at the first crossing. */
  readonly requests: number;
  readonly low: number;
  readonly high: number;
  /** The target that is cheaper below. */
  readonly below: string;
  /** The target that is cheaper above. */
  readonly above: string;
  readonly crossings: number;
}

type Cost = (requests: number) => number;

/**
 * Finds the traffic within the sweep at which two targets cost the same. The ends of the interval are the crossings of one bill
 * at its low end with the other at its high end, and vice versa, or the end of the sweep if those do not cross.
 * @returns undefined if one target is cheaper throughout
 */
export function breakEven(a: Billable, b: Billable, given: Conditions): BreakEven | undefined {
  const cost =
    (one: Billable, end: End): Cost =>
    (requests) =>
      billAt(one, given, requests, end).usd;
  const middle = crossings(cost(a, 'value'), cost(b, 'value'));
  const [requests] = middle;
  if (requests === undefined) return undefined;
  const aFirst = cost(a, 'value')(SWEEP[0]) < cost(b, 'value')(SWEEP[0]);
  const [below, above] = aFirst ? [a, b] : [b, a];
  // If the target that is cheaper below costs more, the crossing is earlier.
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

const first = SWEEP[0];
const last = SWEEP[SWEEP.length - 1] ?? 1e9;
/** Points checked between the ends of the sweep. They must be dense, because a bill jumps when a task is added. */
const STEPS = 300;

/** Finds all crossings of two bills, to a precision of 0.1 %. */
export function crossings(a: Cost, b: Cost): number[] {
  const found: number[] = [];
  const at = (step: number) => first * (last / first) ** (step / STEPS);
  let before = Math.sign(a(first) - b(first));
  for (let step = 1; step <= STEPS; step += 1) {
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
