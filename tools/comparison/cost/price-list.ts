import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The possible line items of a bill. Every region's file has one price for each. */
export const PRICE_IDS = [
  'lambda-requests',
  'lambda-gb-seconds-arm64',
  'lambda-gb-seconds-x86_64',
  'lambda-provisioned-arm64',
  'lambda-provisioned-x86_64',
  'lambda-provisioned-duration-arm64',
  'lambda-provisioned-duration-x86_64',
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
  'dashboards',
  'secrets',
  'secret-calls',
  'kms-keys',
  'firewalls',
  'firewall-rules',
  'firewall-requests',
  'data-out-gb',
] as const;
export type PriceId = (typeof PRICE_IDS)[number];

/**
 * Line items of Web Functions. AWS's rates could not be found, so no file has a price for them: a bill has these lines only if
 * the user gives rates.
 */
export const GIVEN_PRICE_IDS = ['web-requests', 'web-vcpu-seconds', 'web-gb-seconds'] as const;
export type GivenPriceId = (typeof GIVEN_PRICE_IDS)[number];
export type LineId = PriceId | GivenPriceId;

export interface Price {
  readonly title: string;
  /** The unit that is counted. */
  readonly unit: string;
  /** Number of units that the tier prices refer to. */
  readonly per: number;
  /** Tiers in order, cheapest last. `upTo` counts units per month; the last tier has none. */
  readonly tiers: readonly { readonly usd: number; readonly upTo?: number }[];
  readonly source: string;
  /** The date on which the source was read. */
  readonly read: string;
}

/** A region's list prices, as in the files in `prices/`. */
export interface PriceList {
  readonly region: string;
  readonly currency: 'USD';
  readonly read: string;
  readonly note: string;
  readonly prices: Readonly<Record<PriceId, Price> & Partial<Record<GivenPriceId, Price>>>;
  /** Units per month in AWS's free tier. Applied only on request. */
  readonly free: Readonly<
    Partial<Record<LineId, { readonly quantity: number; readonly source: string }>>
  >;
}

const PRICES_FOLDER = join(import.meta.dirname, 'prices');

/** Lists the regions that have a price file. */
export function pricedRegions(): string[] {
  return readdirSync(PRICES_FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Reads the prices of a region. @throws RangeError with the list of known regions */
export function loadPrices(region: string): PriceList {
  const known = pricedRegions();
  if (!known.includes(region)) {
    throw new RangeError(`There are prices for ${known.join(', ')} only, not for "${region}".`);
  }
  return JSON.parse(readFileSync(join(PRICES_FOLDER, `${region}.json`), 'utf8')) as PriceList;
}

/** Price of `quantity` units in one month in USD, tier by tier. AWS rounds the bill, not its lines. */
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
