/**
 * Smallest amounts that Stripe charges, in minor units, for an account that settles in the same currency. Converted charges
 * must also reach the minimum of the settlement currency, which only Stripe can check.
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts (2026-11-30)
 */
const MIN_CHARGE: Readonly<Record<string, number>> = {
  aed: 200,
  ars: 50,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  cop: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  idr: 50,
  ils: 50,
  inr: 50,
  jpy: 50,
  krw: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  php: 50,
  pln: 200,
  ron: 200,
  rub: 50,
  sek: 300,
  sgd: 50,
  thb: 1_000,
  usd: 50,
  zar: 50,
};

/** Largest amounts, in minor units, where they are not the default. Same source. */
const MAX_CHARGE: Readonly<Record<string, number>> = {
  cop: 9_999_999_999,
  huf: 9_999_999_999,
  idr: 999_999_999_999,
  inr: 999_999_999,
  jpy: 9_999_999_999,
  lbp: 99_999_999_999,
};
const DEFAULT_MAX_CHARGE = 99_999_999;

/** The smallest and the largest amount that can be charged, in minor units. */
export interface ChargeLimits {
  readonly minCents: number;
  readonly maxCents: number;
}

/**
 * Limits on the amount of one charge. Payments rejects orders outside of them, and catalog warns about prices below the
 * minimum.
 * @param currency ISO 4217, lower case. The minimum is 1 where Stripe publishes none.
 */
export function chargeLimits(currency: string): ChargeLimits {
  return {
    minCents: of(MIN_CHARGE, currency) ?? 1,
    maxCents: of(MAX_CHARGE, currency) ?? DEFAULT_MAX_CHARGE,
  };
}

const of = (limits: Readonly<Record<string, number>>, currency: string) =>
  Object.hasOwn(limits, currency) ? limits[currency] : undefined;
