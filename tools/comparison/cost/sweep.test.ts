import { describe, expect, test } from 'vitest';
import { PartFindings } from '../data/index.ts';
import { assume } from './assumptions.ts';
import { costFindings } from './cost-findings.ts';
import type { Inventory } from './inventory.ts';
import type { Measured } from './measured.ts';
import { loadPrices } from './price-list.ts';
import { type Billable, billAt, breakEven, crossings } from './sweep.ts';
import { DEFAULT_SCENARIO, type Workload } from './workload.ts';

const conditions = {
  prices: loadPrices('us-east-1'),
  assumed: assume({ pictureGb: 0 }),
  scenario: DEFAULT_SCENARIO,
};
const operations = {
  'dynamodb-read': 0,
  'dynamodb-write': 0,
  'dynamodb-transact-item': 0,
  sqs: 0,
  events: 0,
  's3-get': 0,
  's3-put': 0,
  invocations: 0,
};
const idle: Workload = {
  requestsPerJourney: 1,
  bytesOutPerJourney: 0,
  cpuMs: {},
  operations,
  functions: {},
  web: {},
  coldShareUnderLoad: 0,
  logBytesPerJourney: 0,
  picturesPerJourney: 0,
};
const empty: Omit<Inventory, 'variant' | 'front'> = {
  architecture: 'arm64',
  tasks: [],
  functions: [],
  webFunctions: [],
  loadBalancers: [],
  natGateways: 0,
  tables: [],
  secrets: 0,
  alarms: 0,
  dashboards: 0,
  kmsKeys: 0,
  firewalls: [],
};
const measured = (at: Partial<Measured['at']> = {}): Measured => ({
  at: { low: idle, value: idle, high: idle, ...at },
  figures: [],
  standIns: [],
  derived: [],
  n: 30,
  kind: 'ci95',
});

/** Costs only 1 USD per million requests, up to 300 million. */
const perRequest: Billable = {
  target: 'per-request',
  inventory: { ...empty, variant: 'serverless', front: 'http-api' },
  measured: measured(),
};
/** Costs only 40 USD per month. */
const perMonth: Billable = {
  target: 'per-month',
  inventory: { ...empty, variant: 'microservices', front: 'load-balancer', secrets: 100 },
  measured: measured(),
};
/** The cost of stored orders, which is the same in both. */
const stored = conditions.prices.prices['dynamodb-gb-months'].tiers[0]?.usd ?? 0;

describe('break-even', () => {
  test('is where the bills are equal: 40 USD and 40 million requests', () => {
    expect(stored).toBeGreaterThan(0);
    const found = breakEven(perMonth, perRequest, conditions);
    expect(found?.requests).toBeGreaterThan(39.9e6);
    expect(found?.requests).toBeLessThan(40.1e6);
    expect(found).toMatchObject({ below: 'per-request', above: 'per-month', crossings: 1 });
  });

  test('has an interval that follows from the measured spread', () => {
    const events = (count: number) => ({ ...idle, operations: { ...operations, events: count } });
    const spread = {
      ...perRequest,
      measured: measured({ low: idle, value: events(1), high: events(3) }),
    };
    // 1, 2 and 4 USD per million: 40, 20 and 10 million requests.
    const found = breakEven(perMonth, spread, conditions);
    expect((found?.requests ?? 0) / 20e6).toBeCloseTo(1, 2);
    expect((found?.low ?? 0) / 10e6).toBeCloseTo(1, 2);
    expect((found?.high ?? 0) / 40e6).toBeCloseTo(1, 2);
  });

  test('does not exist if one target is always cheaper', () => {
    const expensive = {
      ...perMonth,
      inventory: { ...perMonth.inventory, front: 'http-api' as const },
    };
    expect(breakEven(perRequest, expensive, conditions)).toBeUndefined();
  });

  test('a bill with steps can cross more than once, and all crossings are found', () => {
    const steps = (requests: number) => 10 * Math.ceil(requests / 1e6);
    const line = (requests: number) => (12 * requests) / 1e6;
    // 12 a million against 10 for each begun million: equal at 0.83, 1.67, 2.5, 3.33 and 4.17 million
    const found = crossings(line, steps);
    expect(found.length).toBeGreaterThan(3);
    expect((found[0] ?? 0) / (1e7 / 12)).toBeCloseTo(1, 2);
  });
});

test('the findings have every bill of the sweep, its lines and the break-even points', () => {
  const { figures, series, facts } = costFindings(
    [perMonth, perRequest],
    conditions,
    new PartFindings('cost', () => new Date(0)),
  );
  const found = (id: string) => figures.find((figure) => figure.id === id);
  expect(found('cost/per-request/month/1000000')?.value).toBeCloseTo(
    billAt(perRequest, conditions, 1e6).usd,
  );
  expect(found('cost/per-request/line/1000000/http-api-requests')?.value).toBeCloseTo(1);
  expect(found('cost/per-month/break-even/per-request')?.unit).toBe('requests/month');
  expect(series.map(({ id }) => id)).toEqual(['cost/per-month/total', 'cost/per-request/total']);
  expect(facts.map(({ subject }) => subject)).toContain('Prices');
});
