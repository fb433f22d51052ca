import type { PartFindings, Spread } from '../../data/index.ts';
import { manyRequests } from '../many-requests.ts';
import { type Billable, billAt, type Conditions, SWEEP } from '../sweep.ts';
import { breakEvenRates, fargateRates, type Range } from './break-even-rates.ts';

const QUANTITIES = [
  ['web-requests', 'Requests to Web Functions', 'count'],
  ['web-vcpu-seconds', 'Active CPU of Web Functions', 'vCPU-seconds'],
  ['web-gb-seconds', 'Memory of Web Functions', 'GB-seconds'],
] as const;

/**
 * Describes a target whose bill depends on unknown rates: what a month uses, what everything else costs, and the rates at which
 * it costs as much as each other target.
 */
export function describeUnknownRates(
  web: Billable,
  others: readonly Billable[],
  conditions: Conditions,
  into: PartFindings,
): void {
  const { target } = web;
  into.addMissing({
    target,
    what: 'Monthly bill',
    why: 'no published rate of Web Functions was found (read on 2026-11-30); the break-even rates are computed instead, and `npm run estimate -- --rate` takes rates',
  });
  for (const requests of SWEEP) describeUse(web, requests, conditions, into);
  for (const other of others) describeRates(web, other, conditions, into);
  const { cpu, memory } = fargateRates(conditions.prices, web.inventory.architecture);
  into.fact({
    target,
    subject: 'Break-even rates',
    text: `multiples of Fargate’s rates (${cpu.toPrecision(3)} USD per vCPU-second, ${memory.toPrecision(3)} USD per GB-second) for active CPU and for memory alike, with free requests; below them, Web Functions are cheaper`,
  });
}

function describeUse(
  web: Billable,
  requests: number,
  conditions: Conditions,
  into: PartFindings,
): void {
  const { target, measured } = web;
  const at = (end: 'low' | 'value' | 'high') => billAt(web, conditions, requests, end);
  const [low, value, high] = [at('low'), at('value'), at('high')];
  const sampled = (ends: Range) => ({ n: measured.n, spread: spread(ends, measured.kind) });
  const month = `at ${manyRequests(requests)} requests`;
  into.figure({
    target,
    what: `rest/${requests}`,
    title: `Everything but Web Functions, ${month}`,
    value: value.usd,
    unit: 'USD/month',
    sampled: sampled({ value: value.usd, low: low.usd, high: high.usd }),
    origin: 'the lines of the bill that have a price; the least that the month costs',
    better: 'lower',
  });
  for (const [id, title, unit] of QUANTITIES) {
    const of = (bill: typeof value) => bill.unpriced[id] ?? 0;
    into.figure({
      target,
      what: `use/${requests}/${id}`,
      title: `${title}, ${month}`,
      value: of(value),
      unit,
      sampled: sampled({ value: of(value), low: of(low), high: of(high) }),
      origin: 'measured CPU time and memory, and a model of environments with assumed parameters',
      better: 'lower',
    });
  }
}

function describeRates(
  web: Billable,
  other: Billable,
  conditions: Conditions,
  into: PartFindings,
): void {
  const points = SWEEP.flatMap((requests) => {
    const { timesFargate } = breakEvenRates(web, other, conditions, requests);
    const { value, low, high } = timesFargate;
    if (value <= 0) {
      into.fact({
        target: web.target,
        subject: 'Break-even rates',
        text: `none with ${other.target} at ${manyRequests(requests)} requests: everything but Web Functions alone costs more`,
      });
      return [];
    }
    const n = Math.min(web.measured.n, other.measured.n);
    into.figure({
      target: web.target,
      what: `rate/${requests}/${other.target}`,
      title: `Costs as much as ${other.target} at this multiple of Fargate’s rates, at ${manyRequests(requests)} requests`,
      value,
      unit: 'ratio',
      sampled: { n, spread: spread(timesFargate, web.measured.kind) },
      origin:
        'where the two bills are equal, with free requests; interval: one bill at the low end of the measured spreads, the other at the high end',
    });
    return [{ x: requests, y: value, low: Math.max(0, low), high }];
  });
  into.draw({
    id: 'break-even-rate',
    target: other.target,
    title: `Rates at which ${web.target} costs as much as the others`,
    x: { title: 'requests', unit: 'requests/month', log: true },
    y: { title: 'multiple of Fargate’s rates', unit: 'ratio', log: true },
    points,
  });
}

function spread({ value, low, high }: Range, kind: Spread['kind']): Spread {
  const known = kind === 'exact' ? 'min-max' : kind;
  return { kind: known, low: Math.min(low, value), high: Math.max(high, value) };
}
