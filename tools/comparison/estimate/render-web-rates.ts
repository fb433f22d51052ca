import colors from 'picocolors';
import {
  type Billable,
  type BreakEvenRates,
  billAt,
  breakEvenRates,
  type Conditions,
  fargateRates,
  type Range,
  requestRate,
} from '../cost/index.ts';
import { estimateRow as row } from './estimate-row.ts';

/**
 * Explains the bill of a target with Web Functions whose rates are unknown: what a month uses, and the rates at which it costs
 * as much as each other target.
 */
export function renderWebRates(
  web: Billable,
  others: readonly Billable[],
  conditions: Conditions,
  requests: number,
): string {
  const { unpriced, usd, tasks } = billAt(web, conditions, requests);
  const { prices, assumed } = conditions;
  const { webIdleSeconds, webCpuPerEnvironment, webLogCopies } = assumed;
  const found = others.map((other) => breakEvenRates(web, other, conditions, requests));
  const { cpu, memory } = fargateRates(prices, web.inventory.architecture);
  const count = (value = 0) =>
    value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
  const peak = Object.values(tasks).reduce((sum, one) => sum + one.peak, 0);
  const perMillion = (requestRate(prices) * 1e6).toFixed(2);
  const cells = (of: (rates: BreakEvenRates) => string) => found.map(of);
  return [
    colors.bold(`Web Functions: the bill of ${web.target} depends on rates that are not known`),
    `  The month needs ${count(unpriced['web-requests'])} requests, ${count(unpriced['web-vcpu-seconds'])} vCPU-seconds of active CPU and ${count(unpriced['web-gb-seconds'])} GB-seconds`,
    `  of memory, in up to ${peak} ${peak === 1 ? 'environment' : 'environments'} at once. Everything else costs ${usd.toFixed(2)} USD.`,
    '',
    colors.bold(
      row(
        'It costs the same as',
        found.map(({ other }) => other),
      ),
    ),
    row(
      'at this multiple of Fargate’s rates',
      cells((rates) => times(rates.timesFargate)),
    ),
    row(
      '',
      cells((rates) => interval(rates.timesFargate)),
    ),
    row(
      '  that is USD per vCPU-second',
      cells((rates) => usdOf(rates.timesFargate.value * cpu)),
    ),
    row(
      '  and USD per GB-second',
      cells((rates) => usdOf(rates.timesFargate.value * memory)),
    ),
    row(
      `the same, at ${perMillion} USD per million requests`,
      cells((rates) => times(rates.timesFargateIfRequestsCost)),
    ),
    row(
      'if only CPU cost: USD per vCPU-second',
      cells((rates) => usdOf(rates.cpuOnly.value)),
    ),
    row(
      'if only memory cost: USD per GB-second',
      cells((rates) => usdOf(rates.memoryOnly.value)),
    ),
    '',
    `  Web Functions are cheaper below these rates. Fargate’s rates are ${usdOf(cpu)} USD per vCPU-second and ${usdOf(memory)} USD per`,
    `  GB-second. Requests are free unless a row says otherwise; ${perMillion} is the price of event functions. “never” means that`,
    '  everything else alone costs more. Give your own rates with --rate (see --help).',
    `  AWS does not document, so this assumes (--assume): webIdleSeconds=${webIdleSeconds}, webCpuPerEnvironment=${webCpuPerEnvironment}, webLogCopies=${webLogCopies}.`,
  ].join('\n');
}

function times({ value }: Range): string {
  return value <= 0 ? 'never' : `${short(value)} ×`;
}

function interval({ low, high }: Range): string {
  return high <= 0 ? '' : `${low <= 0 ? 'never' : short(low)}–${short(high)}`;
}

function usdOf(usd: number): string {
  if (usd <= 0) return 'never';
  return usd.toLocaleString('en', { maximumSignificantDigits: 3, maximumFractionDigits: 12 });
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
