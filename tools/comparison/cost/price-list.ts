import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a bill can have a line for; each is priced once in every region's file. */
export const priceIds = [
  'lambda-requests',
  'lambda-gb-seconds-arm64',
  'lambda-gb-seconds-x86_64',
  'http-api-requests',
  'rest-api-requests',
  'fargate-vcpu-hours-arm64',
  'fargate-vcpu-hours-x86_64',
  'fargate-gb-hours-arm64',
  'fargate-gb-hours-x86_64',
  'load-balancer-hours',
  'load-balancer-units',
  'public-ipv4-hours',
  'nat-hours',
  'nat-gb',
  'dynamodb-write-units',
  'dynamodb-read-units',
  'dynamodb-gb-months',
  'dynamodb-backup-gb-months',
  'sqs-requests',
  'events',
  's3-gb-months',
  's3-puts',
  's3-gets',
  'cdn-requests',
  'cdn-gb',
  'cdn-function-calls',
  'log-gb',
  'log-gb-months',
  'alarms',
  'secrets',
  'secret-calls',
  'kms-keys',
  'data-out-gb',
] as const;
export type PriceId = (typeof priceIds)[number];

export interface Price {
  readonly title: string;
  /** What is counted. */
  readonly unit: string;
  /** The tiers' prices are for this many units. */
  readonly per: number;
  /** Cheapest last; `upTo` counts units of the month, and the last tier has none. */
  readonly tiers: readonly { readonly usd: number; readonly upTo?: number }[];
  readonly source: string;
  /** Day on which it was read there. */
  readonly read: string;
}

/** A region's list prices, as one of the files in `prices/`. */
export interface PriceList {
  readonly region: string;
  readonly currency: 'USD';
  readonly read: string;
  readonly note: string;
  readonly prices: Readonly<Record<PriceId, Price>>;
  /** Units a month that AWS gives for nothing; nobody's unless a caller asks for them. */
  readonly free: Readonly<
    Partial<Record<PriceId, { readonly quantity: number; readonly source: string }>>
  >;
}

const folder = join(import.meta.dirname, 'prices');

/** Regions there is a price file of. */
export function pricedRegions(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** @throws RangeError that names the regions there are */
export function loadPrices(region: string): PriceList {
  const known = pricedRegions();
  if (!known.includes(region)) {
    throw new RangeError(`There are prices of ${known.join(', ')} only, not of "${region}".`);
  }
  return JSON.parse(readFileSync(join(folder, `${region}.json`), 'utf8')) as PriceList;
}

/** USD for `quantity` units in one month, tier by tier; AWS rounds the bill, not its lines. */
export function charge(price: Price, quantity: number, free = 0): number {
  let left = Math.max(0, quantity - free);
  let from = 0;
  let usd = 0;
  for (const tier of price.tiers) {
    const inTier = Math.min(left, (tier.upTo ?? Number.POSITIVE_INFINITY) - from);
    usd += (inTier / price.per) * tier.usd;
    left -= inTier;
    from = tier.upTo ?? from;
    if (left <= 0) break;
  }
  return usd;
}
