import { loadPrices, type PriceId } from '../../../cost/index.ts';
import { charge } from '../../../cost/price-list.ts';
import type { Quantities, Quantity } from './order-quantities.ts';

const REGION = 'us-east-1';
/** The unit of the figure: a single order costs a fraction of a cent. */
export const ORDERS = 1_000_000;

/** Quantities with a price in the region's list. */
const LISTED: Readonly<Partial<Record<Quantity, PriceId>>> = {
  invocations: 'lambda-requests',
  'gb-seconds': 'lambda-gb-seconds-arm64',
  'dynamodb-writes': 'dynamodb-write-units',
  'dynamodb-reads': 'dynamodb-read-units',
  sqs: 'sqs-requests',
  events: 'events',
};

/**
 * Prices of coordinators in us-east-1, in USD per unit. They are not in the region's list, because only this part uses them.
 * The Lambda page also has prices per GB of checkpoints written and kept. No copy of the page with them could be read, so they
 * are not in the cost; an order writes a few kilobytes.
 */
export const COORDINATOR_PRICES = {
  'durable-operations': {
    usd: 8 / 1_000_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
    read: 'September 2026, in an example of the page',
  },
  'state-transitions': {
    usd: 0.025 / 1_000,
    source: 'https://aws.amazon.com/step-functions/pricing/',
    read: '2026-11-30, in a stored copy',
  },
} as const;

const prices = loadPrices(REGION).prices;

/** The price of a million orders in USD, without a free tier. */
export function usdPerMillionOrders(quantities: Quantities): number {
  let usd = 0;
  for (const [name, price] of Object.entries(LISTED) as [Quantity, PriceId][]) {
    usd += charge(prices[price], quantities[name] * ORDERS);
  }
  for (const [name, price] of Object.entries(COORDINATOR_PRICES)) {
    usd += quantities[name as Quantity] * ORDERS * price.usd;
  }
  return usd;
}

/** Where the prices come from, for the report. */
export function priceSources(): string {
  const listed = [...new Set(Object.values(LISTED).map((id) => prices[id].source))];
  const own = Object.values(COORDINATOR_PRICES).map(
    ({ source, read }) => `${source} (read ${read})`,
  );
  return `prices of ${REGION}, read ${loadPrices(REGION).read}: ${listed.join(', ')}; ${own.join(', ')}`;
}
