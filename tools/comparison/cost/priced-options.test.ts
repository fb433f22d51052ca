import { expect, test } from 'vitest';
import { assume } from './assumptions.ts';
import type { FunctionInventory, Inventory } from './inventory.ts';
import { monthlyBill } from './month.ts';
import { loadPrices, type PriceId } from './price-list.ts';
import { operations, type Workload } from './workload.ts';

const catalog: FunctionInventory = {
  name: 'catalog-http',
  service: 'catalog',
  memoryMb: 1024,
  provisioned: 0,
  queues: 0,
  scheduled: 0,
  secrets: 0,
};
const serverless: Inventory = {
  variant: 'serverless',
  architecture: 'arm64',
  front: 'rest-api',
  tasks: [],
  functions: [catalog],
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
const workload: Workload = {
  requestsPerJourney: 1,
  bytesOutPerJourney: 0,
  cpuMs: {},
  operations: Object.fromEntries(operations.map((id) => [id, 0])) as Workload['operations'],
  functions: { 'catalog-http': { perJourney: 1, ms: 99.2, initMs: 400 } },
  web: {},
  coldShareUnderLoad: 0.01,
  logBytesPerJourney: 0,
  picturesPerJourney: 0,
};

/** The charge of a month in USD. */
function charge(id: PriceId, changes: Partial<Inventory>, requestsPerMonth = 1e7): number {
  const { lines } = monthlyBill({
    inventory: { ...serverless, ...changes },
    workload,
    prices: loadPrices('us-east-1'),
    scenario: { requestsPerMonth, peakToMean: 4, freeTier: false, scaling: 'peak' },
    assumed: assume(),
  });
  return lines.find(({ price }) => price === id)?.usd ?? 0;
}

test('provisioned sandboxes cost the same at any traffic, and what they serve costs less', () => {
  const warm = { functions: [{ ...catalog, provisioned: 2 }] };
  const month = 2 * 2_628_000 * 0.0000033334;
  expect(charge('lambda-provisioned-arm64', warm, 0)).toBeCloseTo(month, 6);
  expect(charge('lambda-provisioned-arm64', warm)).toBeCloseTo(month, 6);
  expect(charge('lambda-provisioned-duration-arm64', warm, 0)).toBe(0);
  // 1e7 requests of 99.2 ms in a month, times 4 at the peak: a load of 1.5099. Two sandboxes are then both busy with a
  // probability of 0.31235. (Erlang's table has 0.3103 for a load of 1.5 and two lines.)
  const seconds = charge('lambda-provisioned-duration-arm64', warm) / 0.0000077778;
  expect(seconds / (1e7 * 0.1)).toBeCloseTo(1 - 0.31235, 3);
  expect(charge('lambda-gb-seconds-arm64', warm)).toBeLessThan(
    charge('lambda-gb-seconds-arm64', {}),
  );
});

test('a firewall costs itself, its rules and every request', () => {
  const firewalls = [{ rules: 3 }];
  expect(charge('firewalls', { firewalls })).toBe(5);
  expect(charge('firewall-rules', { firewalls })).toBe(3);
  expect(charge('firewall-requests', { firewalls })).toBeCloseTo(10 * 0.6, 6);
});
