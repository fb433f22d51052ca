import { tagsOf } from '@triptych/shop/deploy/owned-stacks';
import type { Deployment, Stacks, Watch } from '@triptych/shop/deploy/ports';
import { midnight, type Status } from '@triptych/shop/deploy/read-status';
import { dollars, type Price, priceStacks } from '../deploy/price-stacks.ts';

const DAY_MS = 86_400_000;
const HOURS_PER_MONTH = 730;
const HOUR_MS = 3_600_000;

/**
 * The estimated cost from midnight UTC until now: the hours at the price of an idle shop, and today's requests at what they
 * add to a month's bill.
 */
export function costToday(
  price: Pick<Price, 'monthly'>,
  { requestsToday = 0 }: Pick<Status, 'requestsToday'>,
  now: Date,
): number {
  const hours = (now.getTime() - midnight(now).getTime()) / HOUR_MS;
  const idle = price.monthly(0);
  return (idle * hours) / HOURS_PER_MONTH + (price.monthly(requestsToday) - idle);
}

/** The estimate for today as lines. */
export async function renderEstimate(
  owner: Deployment,
  status: Status,
  context: { readonly stacks: Stacks; readonly region: string; readonly now: Date },
): Promise<string[]> {
  const templates = await Promise.all(
    status.stacks.map(async ({ name, tags }) => ({
      name,
      tags,
      template: await context.stacks.template(name),
    })),
  );
  const price = priceStacks(owner.variant, templates, context.region);
  if ('missing' in price) return [`  unknown: ${price.missing}`];
  const usd = costToday(price, status, context.now);
  const requests =
    status.requestsToday === undefined
      ? 'requests not counted'
      : `${status.requestsToday.toLocaleString('en')} requests`;
  return [
    `  about ${dollars(usd)} today until ${context.now.toISOString().slice(11, 16)} UTC (${requests})`,
    `  an estimate: ${price.basis}`,
  ];
}

/**
 * Cost Explorer's figure for the last whole day. AWS updates it at least once every 24 hours, from 24 hours after a tag was
 * activated (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html).
 */
export async function renderBilled(owner: Deployment, watch: Watch, now: Date): Promise<string[]> {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const today = midnight(now).getTime();
  try {
    const wanted = Object.keys(tagsOf(owner));
    const active = await watch.activeCostTags(wanted);
    const missing = wanted.filter((key) => !active.includes(key));
    if (missing.length > 0) {
      return [
        `  Cost Explorer: ${missing.join(' and ')} are not active: activate them in Billing, Cost allocation tags`,
      ];
    }
    const usd = await watch.billed(tagsOf(owner), day(today - DAY_MS), day(today));
    return [
      `  Cost Explorer: ${dollars(usd)} on ${day(today - DAY_MS)} (this question cost $0.01)`,
    ];
  } catch (error) {
    return [`  Cost Explorer: ${(error as Error).message.split('\n', 1)[0]}`];
  }
}
