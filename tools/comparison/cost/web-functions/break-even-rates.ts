import type { Bill } from '../bill.ts';
import type { End } from '../figure-reader.ts';
import type { Architecture } from '../inventory.ts';
import type { PriceList } from '../price-list.ts';
import { type Billable, billAt, type Conditions } from '../sweep.ts';

/** A value at the middle and at both ends of the measured spreads. */
export interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The rates at which Web Functions cost as much as another target for the same traffic. Below them, Web Functions are cheaper.
 * Two rates cannot follow from one equation, so there is a line of them: its ends, and the point with Fargate's ratio of CPU to
 * memory. A negative value means that the rest of the bill alone is higher than the other bill.
 */
export interface BreakEvenRates {
  readonly other: string;
  /** Multiples of Fargate's rates for CPU and memory, with free requests. */
  readonly timesFargate: Range;
  /** The same, if a request costs as much as an invocation of an event function. */
  readonly timesFargateIfRequestsCost: Range;
  /** USD per vCPU-second, if memory and requests were free. */
  readonly cpuOnly: Range;
  /** USD per GB-second, if CPU and requests were free. */
  readonly memoryOnly: Range;
}

/** Fargate's rates per second, in USD. */
export function fargateRates({ prices }: PriceList, architecture: Architecture) {
  const perSecond = (id: 'vcpu' | 'gb') =>
    (prices[`fargate-${id}-hours-${architecture}`].tiers[0]?.usd ?? 0) / 3600;
  return { cpu: perSecond('vcpu'), memory: perSecond('gb') };
}

/** USD per request of an event function. */
export function requestRate({ prices }: PriceList): number {
  const { tiers, per } = prices['lambda-requests'];
  return (tiers[0]?.usd ?? 0) / per;
}

type Rates = Record<keyof Omit<BreakEvenRates, 'other'>, number>;

/**
 * Finds the break-even rates for a month.
 * @param web a target with Web Functions; `given` has no rates for them
 */
export function breakEvenRates(
  web: Billable,
  other: Billable,
  given: Conditions,
  requests: number,
): BreakEvenRates {
  const between = (webEnd: End, otherEnd: End) =>
    ratesBetween(
      billAt(web, given, requests, webEnd),
      billAt(other, given, requests, otherEnd).usd,
      given.prices,
      web.inventory.architecture,
    );
  const [value, low, high] = [
    between('value', 'value'),
    between('high', 'low'),
    between('low', 'high'),
  ];
  const range = (of: (rates: Rates) => number): Range => ({
    value: of(value),
    low: Math.min(of(value), of(low)),
    high: Math.max(of(value), of(high)),
  });
  return {
    other: other.target,
    timesFargate: range((rates) => rates.timesFargate),
    timesFargateIfRequestsCost: range((rates) => rates.timesFargateIfRequestsCost),
    cpuOnly: range((rates) => rates.cpuOnly),
    memoryOnly: range((rates) => rates.memoryOnly),
  };
}

function ratesBetween(
  { usd: rest, unpriced }: Bill,
  otherUsd: number,
  prices: PriceList,
  architecture: Architecture,
): Rates {
  const left = otherUsd - rest;
  const cpu = unpriced['web-vcpu-seconds'] ?? 0;
  const memory = unpriced['web-gb-seconds'] ?? 0;
  const fargate = fargateRates(prices, architecture);
  const atFargate = cpu * fargate.cpu + memory * fargate.memory;
  const paid = (unpriced['web-requests'] ?? 0) * requestRate(prices);
  return {
    timesFargate: left / atFargate,
    timesFargateIfRequestsCost: (left - paid) / atFargate,
    cpuOnly: left / cpu,
    memoryOnly: left / memory,
  };
}
