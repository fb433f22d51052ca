import type { GivenPriceId, Price, PriceList } from '../price-list.ts';

/** The rates of Web Functions. AWS's are not known, so only a user can give them. */
export interface WebRates {
  /** USD per vCPU-second of active CPU time. */
  readonly cpu: number;
  /** USD per GB-second of memory used. */
  readonly memory: number;
  /** USD per million requests. */
  readonly requests: number;
}

export const WEB_RATE_UNITS = {
  cpu: 'USD per vCPU-second',
  memory: 'USD per GB-second',
  requests: 'USD per million requests',
} as const satisfies Record<keyof WebRates, string>;

/** Where the rates come from: shown wherever a bill contains them. */
export const GIVEN_RATES = 'given on the command line';

/** Adds rates to a price list, which has none for Web Functions. No free tier is known. */
export function withWebRates(prices: PriceList, { cpu, memory, requests }: WebRates): PriceList {
  const price = (title: string, unit: string, per: number, usd: number): Price => ({
    title: `${title} (rate ${GIVEN_RATES})`,
    unit,
    per,
    tiers: [{ usd }],
    source: GIVEN_RATES,
    read: prices.read,
  });
  const given: Record<GivenPriceId, Price> = {
    'web-requests': price('Web Functions: requests', 'requests', 1e6, requests),
    'web-vcpu-seconds': price('Web Functions: active CPU', 'vCPU-seconds', 1, cpu),
    'web-gb-seconds': price('Web Functions: memory', 'GB-seconds', 1, memory),
  };
  return { ...prices, prices: { ...prices.prices, ...given } };
}
