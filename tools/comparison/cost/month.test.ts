import { describe, expect, test } from 'vitest';
import { assume } from './assumptions.ts';
import type { Bill } from './bill.ts';
import type { Inventory } from './inventory.ts';
import { monthlyBill } from './month.ts';
import { loadPrices, type PriceId } from './price-list.ts';
import type { Scenario, Workload } from './workload.ts';

// Bills calculated by hand, with simple numbers: a month of 10 million requests is a million journeys.
const GB = 1024 ** 3;
const million: Scenario = {
  requestsPerMonth: 1e7,
  peakToMean: 4,
  freeTier: false,
  scaling: 'peak',
};
const assumed = assume({
  storedBytesPerJourney: 1024,
  connectionSeconds: 60,
  bytesInPerRequest: 0,
  logBytesPerInvocation: 0,
  logMonthsKept: 0.5,
  pictureGb: 0,
});
const workload: Workload = {
  requestsPerJourney: 10,
  bytesOutPerJourney: GB / 1e4, // a million journeys: 100 GB
  cpuMs: { catalog: 1314 },
  operations: {
    'dynamodb-read': 8,
    'dynamodb-write': 2,
    'dynamodb-transact-item': 4,
    sqs: 5,
    events: 3,
    's3-get': 1,
    's3-put': 0,
    invocations: 12,
  },
  functions: { 'catalog-http': { perJourney: 10, ms: 99.2, initMs: 400 } },
  web: {},
  coldShareUnderLoad: 0.01,
  logBytesPerJourney: GB / 1e6, // 1 GB
  picturesPerJourney: 2,
};
const nothing = {
  architecture: 'arm64',
  tasks: [],
  functions: [],
  webFunctions: [],
  loadBalancers: [],
  natGateways: 0,
  tables: [{ indexes: 1, recovery: true }],
  secrets: 3,
  alarms: 7,
  dashboards: 1,
  kmsKeys: 0,
  firewalls: [],
} as const satisfies Partial<Inventory>;
const task = {
  service: 'catalog',
  vcpu: 0.25,
  memoryGb: 0.5,
  minTasks: 2,
  maxTasks: 8,
  targetUtilization: 0.5,
  publicIp: true,
  queues: 1,
  secrets: 0,
};

/** The lines that all variants share: data, messages, logs, secrets, alarms. */
const common: Partial<Record<PriceId, number>> = {
  // 2 units, and 4 that count twice in transactions, a million times
  'dynamodb-write-units': 10 * 0.625,
  'dynamodb-read-units': 8 * 0.125,
  // a million KB
  'dynamodb-gb-months': (1e6 / 1024 ** 2) * 0.25,
  'dynamodb-backup-gb-months': (1e6 / 1024 ** 2) * 0.2,
  events: 3 * 1.0,
  's3-gets': 1000 * 0.0004,
  'log-gb': 0.5,
  'log-gb-months': 0.5 * 0.03,
  secrets: 1.2,
  alarms: 0.7,
  dashboards: 3,
};

function expectBill(bill: Bill, worked: Partial<Record<PriceId, number>>): void {
  const lines = Object.fromEntries(bill.lines.map(({ price, usd }) => [price, usd]));
  expect(Object.keys(lines).sort()).toEqual(Object.keys(worked).sort());
  for (const [id, usd] of Object.entries(worked)) expect(lines[id], id).toBeCloseTo(usd, 6);
  const sum = Object.values(worked).reduce((all, usd) => all + usd, 0);
  expect(bill.usd).toBeCloseTo(sum, 6);
}

const bill = (inventory: Inventory, scenario = million) =>
  monthlyBill({ inventory, workload, prices: loadPrices('us-east-1'), scenario, assumed });

describe('microservices, a month of 10 million requests', () => {
  const microservices: Inventory = {
    ...nothing,
    variant: 'microservices',
    front: 'load-balancer',
    tasks: [task],
    loadBalancers: [{ publicAddresses: 2, rules: 4 }],
  };

  test('matches the bill calculated by hand', () => {
    // 1.314 s of CPU time, a million times, in 2,628,000 s: 0.5 CPUs, 2 at the peak. A quarter vCPU at half
    // utilization gives 0.125: 16 tasks.
    expect(bill(microservices).tasks).toEqual({ catalog: { peak: 16, most: 8 } });
    expectBill(bill(microservices), {
      ...common,
      'fargate-vcpu-hours-arm64': 16 * 730 * 0.25 * 0.03238,
      'fargate-gb-hours-arm64': 16 * 730 * 0.5 * 0.00356,
      'load-balancer-hours': 730 * 0.0225,
      // 100 GB are 107.374 of the load balancer's, over 730 hours: more than 1e6 connections / 2628000 s / 25
      'load-balancer-units': ((100 * GB) / 1e9) * 0.008,
      'public-ipv4-hours': (16 + 2) * 730 * 0.005,
      // 5 of each journey, and an empty poll of each task every 5 s
      'sqs-requests': (5e6 + (16 * 2_628_000) / 5) * 0.4e-6,
      'data-out-gb': 100 * 0.09,
    });
  });

  test('with scaling "follow", peak tasks run a quarter of the time and the minimum the rest', () => {
    const { lines } = bill(microservices, { ...million, scaling: 'follow' });
    const hours = lines.find(({ price }) => price === 'fargate-vcpu-hours-arm64')?.quantity;
    expect(hours).toBeCloseTo((16 / 4 + 2 * 0.75) * 730 * 0.25, 6);
  });

  test('without traffic, the minimum of tasks, the load balancer and the addresses remain', () => {
    const idle = bill(microservices, { ...million, requestsPerMonth: 0 });
    expect(idle.tasks).toEqual({ catalog: { peak: 2, most: 8 } });
    expect(idle.usd).toBeGreaterThan(730 * (0.0225 + 4 * 0.005));
  });
});

describe('serverless, a month of 10 million requests', () => {
  const serverless: Inventory = {
    ...nothing,
    variant: 'serverless',
    front: 'http-api',
    functions: [
      {
        name: 'catalog-http',
        service: 'catalog',
        memoryMb: 1024,
        provisioned: 0,
        queues: 1,
        scheduled: 0,
        secrets: 1,
      },
    ],
  };

  test('matches the bill calculated by hand', () => {
    expectBill(bill(serverless), {
      ...common,
      'lambda-requests': 10 * 0.2,
      // 99.2 ms are billed as 100, and 500 with INIT, which one of a hundred pays: 104 ms of 1 GB
      'lambda-gb-seconds-arm64': 1e7 * 0.104 * 0.0000133334,
      'http-api-requests': 10 * 1.0,
      // 5 of each journey, and five polls of 20 s kept open
      'sqs-requests': (5e6 + (5 * 2_628_000) / 20) * 0.4e-6,
      'secret-calls': (1e5 / 1e4) * 0.05,
      'data-out-gb': 100 * 0.09,
    });
  });

  test('a REST API in front costs 3.50 USD per million requests', () => {
    const { lines } = bill({ ...serverless, front: 'rest-api' });
    expect(lines.find(({ price }) => price === 'rest-api-requests')?.usd).toBeCloseTo(35, 6);
  });

  test('requests rarer than the sandbox idle timeout all pay for INIT', () => {
    const { lines } = bill(serverless, { ...million, requestsPerMonth: 10 });
    const seconds = lines.find(({ price }) => price === 'lambda-gb-seconds-arm64')?.quantity;
    expect(seconds).toBeCloseTo(10 * 0.5, 1);
  });

  test('the free tier subtracts exactly AWS’s free allowances', () => {
    const { lines } = bill(serverless, { ...million, freeTier: true });
    const usd = (id: PriceId) => lines.find(({ price }) => price === id)?.usd;
    expect(usd('lambda-requests')).toBeCloseTo(9 * 0.2, 6);
    expect(usd('data-out-gb')).toBe(0);
    expect(usd('http-api-requests')).toBeCloseTo(10, 6);
  });
});

describe('hybrid, a month of 10 million requests', () => {
  test('matches the bill calculated by hand', () => {
    const hybrid: Inventory = {
      ...nothing,
      variant: 'hybrid',
      front: 'load-balancer',
      tasks: [task],
      functions: [
        {
          name: 'images-http',
          service: 'images',
          memoryMb: 2048,
          provisioned: 0,
          queues: 0,
          scheduled: 0,
          secrets: 0,
        },
      ],
      loadBalancers: [{ publicAddresses: 0, rules: 3 }],
      cdn: { functions: 2 },
    };
    const images = {
      ...workload,
      functions: { 'images-http': { perJourney: 1, ms: 40, initMs: 460 } },
    };
    const made = monthlyBill({
      inventory: hybrid,
      workload: images,
      prices: loadPrices('us-east-1'),
      scenario: million,
      assumed,
    });
    expectBill(made, {
      ...common,
      'fargate-vcpu-hours-arm64': 16 * 730 * 0.25 * 0.03238,
      'fargate-gb-hours-arm64': 16 * 730 * 0.5 * 0.00356,
      'load-balancer-hours': 730 * 0.0225,
      'load-balancer-units': ((100 * GB) / 1e9) * 0.008,
      'public-ipv4-hours': 16 * 730 * 0.005,
      'sqs-requests': (5e6 + (16 * 2_628_000) / 5) * 0.4e-6,
      'lambda-requests': 0.2,
      // 40 ms, and 500 for one of a hundred: 44.6 ms of 2 GB
      'lambda-gb-seconds-arm64': 1e6 * 0.0446 * 2 * 0.0000133334,
      'cdn-requests': (1e7 / 1e4) * 0.01,
      'cdn-gb': 100 * 0.085,
      // two pictures of each journey, each through two functions
      'cdn-function-calls': 4 * 0.1,
    });
  });
});
