import { describe, expect, test } from 'vitest';
import {
  billedMs,
  capacityUnits,
  gbSeconds,
  meteredCalls,
  payloadPieces,
  writeRequestUnits,
} from './metering.ts';
import { charge, loadPrices, type PriceId } from './price-list.ts';

// The examples on AWS's pricing pages, for us-east-1.
const prices = loadPrices('us-east-1');
const usd = (id: PriceId, quantity: number, free = 0) => charge(prices.prices[id], quantity, free);

describe('https://aws.amazon.com/lambda/pricing/', () => {
  test('512 MB, 3 million invocations of 1 s, with the free tier: 1.1 million GB-s and 18.74 USD', () => {
    const used = gbSeconds({
      invocations: 3e6,
      memoryMb: 512,
      ms: 1000,
      initMs: 0,
      coldShare: 0,
    });
    expect(used).toBe(1_500_000);
    const free = prices.free['lambda-gb-seconds-x86_64']?.quantity ?? 0;
    expect(used - free).toBe(1_100_000);
    const compute = usd('lambda-gb-seconds-x86_64', used, free);
    // The page rounds the price to 0.00001667 first and gets 18.34.
    expect(compute).toBeCloseTo(18.33, 2);
    expect(1_100_000 * 0.00001667).toBeCloseTo(18.34, 2);
    const requests = usd('lambda-requests', 3e6, prices.free['lambda-requests']?.quantity);
    expect(requests).toBeCloseTo(0.4, 10);
    expect(compute + requests).toBeCloseTo(18.74, 1);
  });

  test('GB-s above 6 billion are cheaper', () => {
    expect(usd('lambda-gb-seconds-x86_64', 7e9)).toBeCloseTo(6e9 * 0.0000166667 + 1e9 * 0.000015);
  });

  test('duration is rounded up to the next millisecond', () => {
    expect(billedMs(1.0001)).toBe(2);
    expect(billedMs(120)).toBe(120);
  });
});

describe('https://aws.amazon.com/api-gateway/pricing/', () => {
  test('432 million metered HTTP API calls: 300 at 1.00 and 132 at 0.90', () => {
    expect(usd('http-api-requests', 432e6)).toBeCloseTo(300 * 1.0 + 132 * 0.9, 6);
  });

  test('a call above 512 KB is metered twice', () => {
    expect(meteredCalls(216e6, 513 * 1024)).toBe(432e6);
    expect(meteredCalls(216e6, 512 * 1024)).toBe(216e6);
  });

  test('REST API calls: 3.50, then 2.80 for the next 667 million, then 2.38', () => {
    expect(usd('rest-api-requests', 5e6)).toBeCloseTo(17.5, 6);
    expect(usd('rest-api-requests', 1.1e9)).toBeCloseTo(333 * 3.5 + 667 * 2.8 + 100 * 2.38, 6);
  });
});

describe('https://aws.amazon.com/elasticloadbalancing/pricing/', () => {
  test('1 new connection per second lasting 2 minutes, 5 requests per second, 300 KB per second, 60 rules: 1.08 LCU and 22.42 USD', () => {
    const lcu = capacityUnits({
      newConnectionsPerSecond: 1,
      connectionSeconds: 120,
      bytesPerSecond: 300e3,
      requestsPerSecond: 5,
      rules: 60,
    });
    expect(lcu.newConnections).toBeCloseTo(0.04, 10);
    expect(lcu.activeConnections).toBeCloseTo(0.04, 10);
    expect(lcu.processedBytes).toBeCloseTo(1.08, 10);
    expect(lcu.ruleEvaluations).toBeCloseTo(0.25, 10);
    expect(lcu.units).toBeCloseTo(1.08, 10);
    const hour = usd('load-balancer-hours', 1) + usd('load-balancer-units', lcu.units);
    expect(hour).toBeCloseTo(0.03114, 8);
    // The page's month has 30 days.
    expect(hour * 720).toBeCloseTo(22.42, 2);
  });
});

describe('https://aws.amazon.com/fargate/pricing/', () => {
  test('5 tasks with 1 vCPU and 2 GB, 10 minutes a day for 30 days: 1.01 and 0.22 USD', () => {
    const hours = (5 * 600 * 30) / 3600;
    expect(usd('fargate-vcpu-hours-x86_64', hours * 1)).toBeCloseTo(1.01, 2);
    expect(usd('fargate-gb-hours-x86_64', hours * 2)).toBeCloseTo(0.22, 2);
  });
});

describe('https://aws.amazon.com/dynamodb/pricing/on-demand/', () => {
  test('3 KB are 3 units, and 6 in a transaction', () => {
    expect(writeRequestUnits(3, 0)).toBe(3);
    expect(writeRequestUnits(0, 3)).toBe(6);
  });

  test('a million writes cost 0.625, a million reads 0.125 USD', () => {
    expect(usd('dynamodb-write-units', 1e6)).toBeCloseTo(0.625, 10);
    expect(usd('dynamodb-read-units', 1e6)).toBeCloseTo(0.125, 10);
  });
});

describe('https://aws.amazon.com/eventbridge/pricing/ and https://aws.amazon.com/sqs/pricing/', () => {
  test('5 million events of at most 64 KB cost 5.00 USD', () => {
    expect(usd('events', payloadPieces(5e6, 64 * 1024))).toBeCloseTo(5, 10);
  });

  test('256 KB count as four requests', () => {
    expect(payloadPieces(1, 256 * 1024)).toBe(4);
  });

  test('SQS: the first million is free with the free tier, the next costs 0.40 USD', () => {
    const free = prices.free['sqs-requests']?.quantity;
    expect(usd('sqs-requests', 1e6, free)).toBe(0);
    expect(usd('sqs-requests', 2e6, free)).toBeCloseTo(0.4, 10);
  });
});
