import { loadPrices } from '@triptych/comparison/cost';
import { DASHBOARD_PRICES } from '@triptych/infra/constructs/dashboard-prices';
import { expect, test } from 'vitest';

const { prices } = loadPrices('us-east-1');

test.each(Object.entries(DASHBOARD_PRICES))(
  'the price of %s on the dashboard is in the price list',
  (id, usd) => {
    const [, price] = Object.entries(prices).find(([name]) => name === id) ?? [];
    if (!price) throw new Error(`the price list has no ${id}`);
    // The first tier: a dashboard cannot know how much of the month's quantity is used.
    expect(usd).toBeCloseTo((price.tiers[0]?.usd ?? 0) / price.per, 12);
  },
);
