import { describe, expect, test } from 'vitest';
import { assume } from '../assumptions.ts';
import { monthlyBill } from '../month.ts';
import { loadPrices } from '../price-list.ts';
import { billAt } from '../sweep.ts';
import type { Workload } from '../workload.ts';
import { breakEvenRates, fargateRates } from './break-even-rates.ts';
import { withWebRates } from './rates.ts';
import {
  fixedBill,
  webInventory as inventory,
  web,
  webWorkload as workload,
} from './testing/billables.ts';

const prices = loadPrices('us-east-1');
const assumed = assume({
  storedBytesPerJourney: 0,
  pictureGb: 0,
  logMonthsKept: 0,
  webIdleSeconds: 1e9,
  webCpuPerEnvironment: 1,
});
const scenario = { peakToMean: 4, freeTier: false, scaling: 'peak' } as const;
const month = (more: Partial<Parameters<typeof monthlyBill>[0]> = {}) =>
  monthlyBill({
    inventory,
    workload,
    prices,
    assumed,
    scenario: { ...scenario, requestsPerMonth: 1e7 },
    ...more,
  });

describe('a month of Web Functions with 10 million requests', () => {
  test('has no price for what AWS has published no rate for, and says how much it uses', () => {
    const bill = month();
    expect(bill.unpriced['web-requests']).toBe(1e7);
    // A million journeys of 20 ms, and 1 ms of each of 2,628,000 s; it never starts, because it never ends.
    expect(bill.unpriced['web-vcpu-seconds']).toBeCloseTo(20_000 + 2628, 3);
    // An eighth of a GB all month.
    expect(bill.unpriced['web-gb-seconds']).toBeCloseTo(2_628_000 / 8, 3);
    const lines = Object.fromEntries(bill.lines.map(({ price, usd }) => [price, usd]));
    expect(Object.keys(lines).sort()).toEqual(['cdn-gb', 'cdn-requests', 'log-gb']);
    // Each line in two groups.
    expect(lines['log-gb']).toBeCloseTo(2 * 0.5, 6);
    expect(lines['cdn-requests']).toBeCloseTo(10, 6);
  });

  test('is billed by the rates that the user gives, and names their source', () => {
    const rates = { cpu: 0.00001, memory: 0.000002, requests: 0.3 };
    const bill = month({ prices: withWebRates(prices, rates) });
    expect(bill.unpriced).toEqual({});
    const own = bill.lines.filter(({ price }) => price.startsWith('web-'));
    expect(own.map(({ usd }) => usd)).toEqual([
      expect.closeTo(3, 6),
      expect.closeTo(0.22628, 6),
      expect.closeTo(0.657, 6),
    ]);
    expect(own.map(({ source }) => source)).toEqual(Array(3).fill('given on the command line'));
    expect(bill.usd - month().usd).toBeCloseTo(3 + 0.22628 + 0.657, 6);
  });

  test('reads code and secrets at each start', () => {
    // A gap of 300 s between two requests on average, and an end after 300 s: 36.8 % of the requests start an environment.
    const requestsPerMonth = 2_628_000 / 300;
    const starts = requestsPerMonth * Math.exp(-1);
    const bill = month({
      assumed: { ...assumed, webIdleSeconds: 300 },
      scenario: { ...scenario, requestsPerMonth },
    });
    const amounts = Object.fromEntries(bill.lines.map(({ price, quantity }) => [price, quantity]));
    expect(amounts['s3-gets']).toBeCloseTo(starts, 6);
    expect(amounts['secret-calls']).toBeCloseTo(starts, 6);
    const alive = 2_628_000 * (1 - Math.exp(-1));
    expect(bill.unpriced['web-gb-seconds']).toBeCloseTo(alive / 8, 3);
    const cpuMs = requestsPerMonth * 2 + starts * 500 + alive;
    expect(bill.unpriced['web-vcpu-seconds']).toBeCloseTo(cpuMs / 1000, 6);
  });

  test('reports how many environments its peak needs, and its limit', () => {
    expect(month().tasks).toEqual({ catalog: { peak: 1, most: 2 } });
    const busy = { ...scenario, requestsPerMonth: 1e9 };
    // 380.5 requests a second, times 4, times 2 ms.
    expect(month({ scenario: busy }).tasks).toEqual({ catalog: { peak: 4, most: 2 } });
  });
});

describe('the break-even rates', () => {
  const given = { prices, assumed, scenario };
  const found = breakEvenRates(web, fixedBill(40), given, 1e7);

  test('make both bills equal, in each of the forms', () => {
    const other = billAt(fixedBill(40), given, 1e7).usd;
    const withRates = (cpu: number, memory: number, requests: number) =>
      billAt(web, { ...given, prices: withWebRates(prices, { cpu, memory, requests }) }, 1e7).usd;
    const fargate = fargateRates(prices, 'arm64');
    const times = (factor: number) => [factor * fargate.cpu, factor * fargate.memory] as const;
    expect(withRates(...times(found.timesFargate.value), 0)).toBeCloseTo(other, 6);
    const paid = times(found.timesFargateIfRequestsCost.value);
    expect(withRates(...paid, 0.2)).toBeCloseTo(other, 6);
    expect(withRates(found.cpuOnly.value, 0, 0)).toBeCloseTo(other, 6);
    expect(withRates(0, found.memoryOnly.value, 0)).toBeCloseTo(other, 6);
    expect(fargate.cpu).toBeCloseTo(0.03238 / 3600, 12);
  });

  test('are negative where the rest of the bill alone is higher', () => {
    const cheap = breakEvenRates(web, fixedBill(0), given, 1e7);
    expect(cheap.timesFargate.value).toBeLessThan(0);
  });

  test('span the measured spreads', () => {
    const spread = (cpuMs: number): Workload => {
      const catalog = workload.web.catalog as Workload['web'][string];
      return { ...workload, web: { catalog: { ...catalog, cpuMs } } };
    };
    const at = { low: spread(10), value: workload, high: spread(40) };
    const wide = breakEvenRates(
      { ...web, measured: { ...web.measured, at } },
      fixedBill(40),
      given,
      1e7,
    );
    expect(wide.cpuOnly.value).toBe(found.cpuOnly.value);
    expect(wide.cpuOnly.low).toBeCloseTo((found.cpuOnly.value * 22_628) / 42_628, 9);
    expect(wide.cpuOnly.high).toBeCloseTo((found.cpuOnly.value * 22_628) / 12_628, 9);
  });
});
