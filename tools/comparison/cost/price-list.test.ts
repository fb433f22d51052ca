import { describe, expect, test } from 'vitest';
import { charge, loadPrices, PRICE_IDS, type PriceId, pricedRegions } from './price-list.ts';

describe.each(pricedRegions())('prices of %s', (region) => {
  const list = loadPrices(region);
  /** AWS's pricing pages, and its price files of this region. */
  const sources = new RegExp(
    `^https://(aws\\.amazon\\.com/|pricing\\.us-east-1\\.amazonaws\\.com/offers/v1\\.0/aws/\\w+/current/${region}/index\\.json$)`,
  );

  test('the file has exactly one price per price id', () => {
    expect(Object.keys(list.prices).sort()).toEqual([...PRICE_IDS].sort());
    expect(list.region).toBe(region);
  });

  test.each(PRICE_IDS)(
    '%s has a source and a date, and higher tiers are not more expensive',
    (id) => {
      const { tiers, source, read, per } = list.prices[id];
      expect(source).toMatch(sources);
      expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(per).toBeGreaterThan(0);
      const usd = tiers.map((tier) => tier.usd);
      expect(usd).toEqual([...usd].sort((a, b) => b - a));
      expect(tiers.at(-1)?.upTo).toBeUndefined();
      const ends = tiers.slice(0, -1).map((tier) => tier.upTo ?? 0);
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
    },
  );

  test.each(PRICE_IDS)('%s has the same unit in every region', (id) => {
    const { unit, per } = list.prices[id];
    const { unit: unitThere, per: perThere } = loadPrices('us-east-1').prices[id];
    expect({ unit, per }).toEqual({ unit: unitThere, per: perThere });
  });
});

describe('in eu-central-1', () => {
  const { prices } = loadPrices('eu-central-1');
  const there = loadPrices('us-east-1').prices;
  const usd = (id: PriceId, quantity: number) => charge(prices[id], quantity);

  test('two x86 tasks, a load balancer and four addresses cost 55.03 USD a month', () => {
    // 2 × 0.25 × 730, 2 × 0.5 × 730, 730 and 4 × 730 hours: 16.9944 + 3.7303 + 19.71 + 14.6
    const month =
      usd('fargate-vcpu-hours-x86_64', 365) +
      usd('fargate-gb-hours-x86_64', 730) +
      usd('load-balancer-hours', 730) +
      usd('public-ipv4-hours', 2920);
    expect(month).toBeCloseTo(55.0347, 6);
  });

  test('ten million calls of a function that writes once cost 21.63 USD without its duration', () => {
    // 10 × 0.20, 10 × 1.20, 10 × 0.7625
    const calls =
      usd('lambda-requests', 1e7) +
      usd('http-api-requests', 1e7) +
      usd('dynamodb-write-units', 1e7);
    expect(calls).toBeCloseTo(21.625, 6);
  });

  test('above 300 million HTTP API calls the first price applies, because no other has a source', () => {
    expect(usd('http-api-requests', 400e6)).toBeCloseTo(480, 6);
  });

  test.each(PRICE_IDS)('%s costs the same as in us-east-1, or up to a third more', (id) => {
    const ratio = (prices[id].tiers[0]?.usd ?? 0) / (there[id].tiers[0]?.usd ?? 0);
    expect(ratio).toBeGreaterThanOrEqual(1);
    expect(ratio).toBeLessThan(4 / 3);
  });
});

test('an unknown region is rejected with the list of known ones', () => {
  expect(() => loadPrices('eu-nowhere-9')).toThrow('us-east-1');
});
