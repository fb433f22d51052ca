import { describe, expect, test } from 'vitest';
import { loadPrices, pricedRegions, priceIds } from './price-list.ts';

describe.each(pricedRegions())('prices of %s', (region) => {
  const list = loadPrices(region);

  test('there is one of everything a bill can have, and nothing else', () => {
    expect(Object.keys(list.prices).sort()).toEqual([...priceIds].sort());
    expect(list.region).toBe(region);
  });

  test.each(priceIds)(
    '%s says where and when it was read, and gets no dearer by the tier',
    (id) => {
      const { tiers, source, read, per } = list.prices[id];
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(per).toBeGreaterThan(0);
      const usd = tiers.map((tier) => tier.usd);
      expect(usd).toEqual([...usd].sort((a, b) => b - a));
      expect(tiers.at(-1)?.upTo).toBeUndefined();
      const ends = tiers.slice(0, -1).map((tier) => tier.upTo ?? 0);
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
    },
  );
});

test('a region without prices is refused by naming those with', () => {
  expect(() => loadPrices('eu-nowhere-9')).toThrow('us-east-1');
});
