import type { Variant } from '@triptych/base/variants';
import type { StackTemplate } from '@triptych/comparison/complexity';
import {
  assume,
  type Billable,
  billAt,
  DEFAULT_SCENARIO,
  loadPrices,
  measuredWorkload,
  pricedRegions,
  takeInventory,
} from '@triptych/comparison/cost';
import { measuredRun } from '@triptych/comparison/estimate/measured-run';
import { partOf } from '@triptych/shop/deploy/owned-stacks';
import type { Template } from '@triptych/shop/deploy/ports';

/** A stack to price: from an assembly, or deployed. */
export interface PricedStack {
  readonly name: string;
  readonly template: Template;
  readonly tags: Readonly<Record<string, string>>;
}

/** Estimates for one deployment. */
export interface Price {
  /** USD per month at a number of requests per month. */
  monthly(requests: number): number;
  readonly basis: string;
}

const DEFAULT_PRICES = 'us-east-1';
/** The days of AWS's month of 730 hours. */
const DAYS_PER_MONTH = 730 / 24;
export const MILLION = 1e6;

/**
 * Prices the stacks of a variant with the comparison's cost model, from the work that its newest report measured. The payment
 * simulator is left out, as in every bill of the comparison.
 * @returns the price, or why there is none
 */
export function priceStacks(
  variant: Variant,
  stacks: readonly PricedStack[],
  region: string,
): Price | { readonly missing: string } {
  const templates = stacks
    .map((stack): StackTemplate => {
      const { Resources: resources } = stack.template;
      return { variant, part: partOf(stack), resources };
    })
    .filter(({ part }) => part !== 'provider');
  if (stacks.some(({ template }) => runsWebFunctions(template))) return { missing: NO_RATES };
  const inventory = takeInventory(variant, templates);
  const run = measuredRun();
  const assumed = assume();
  const { measured, missing } = measuredWorkload(run.data.figures, variant, inventory, assumed);
  if (!measured) {
    const what = missing.map((one) => one.what).join(', ');
    return { missing: `${run.path} did not measure ${what}` };
  }
  const listed = pricedRegions().includes(region);
  const prices = loadPrices(listed ? region : DEFAULT_PRICES);
  const billable: Billable = { target: variant, inventory, measured };
  const conditions = { prices, assumed, scenario: DEFAULT_SCENARIO };
  const elsewhere = listed ? '' : ` (no price list of ${region})`;
  return {
    monthly: (requests) => billAt(billable, conditions, requests).usd,
    basis: `list prices of ${prices.region}${elsewhere}, read on ${prices.read}; work measured in ${run.path}; no free tier, no tax, without the payment simulator`,
  };
}

const NO_RATES =
  'the rates of Lambda Web Functions are not published; npm run estimate prints those at which they cost as much as other ways';

function runsWebFunctions({ Resources }: Template): boolean {
  return Object.values(Resources).some(({ Type }) => Type === 'AWS::Lambda::WebFunction');
}

/** `$1.23`, below a cent `under $0.01`. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.01) return 'under $0.01';
  return `$${usd.toFixed(2)}`;
}

/** USD per day at a number of requests per month. */
export function daily(price: Price, requests: number): number {
  return price.monthly(requests) / DAYS_PER_MONTH;
}

/** Lines with the cost idle and at a million requests a month, and with what a change adds. */
export function renderPrice(
  after: Price | { readonly missing: string },
  before?: Price | { readonly missing: string },
): string[] {
  if ('missing' in after) return [`  unknown: ${after.missing}`];
  const line = (title: string, requests: number) => {
    const usd = daily(after, requests);
    const was = before && !('missing' in before) ? daily(before, requests) : undefined;
    const change = was === undefined ? '' : `, ${changeOf(usd - was)}`;
    return `  ${title.padEnd(30)} ${dollars(usd)} a day (${dollars(after.monthly(requests))} a month${change})`;
  };
  return [
    line('idle', 0),
    line('at 1 million requests a month', MILLION),
    `  an estimate: ${after.basis}`,
  ];
}

function changeOf(usd: number): string {
  if (Math.abs(usd) < 0.005) return 'as before';
  return `${dollars(Math.abs(usd))} a day ${usd > 0 ? 'more' : 'less'} than now`;
}
