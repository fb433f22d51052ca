import { AppError } from '@triptych/platform/errors';
import { currentLogger } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import { Type } from 'typebox';
import type { StatementCharge, StatementRefund } from '../core/index.ts';
import { ChargeObject, idOf, listOf, moneyOf, RefundObject, requested } from './stripe-objects.ts';
import { toRefund } from './stripe-refund.ts';

const PAGE_SIZE = 100;

const ChargePage = listOf(ChargeObject);
const RefundPage = listOf(Type.Object({ ...RefundObject.properties, created: Type.Integer() }));

/**
 * Reads successful charges, then refunds, page by page. Stripe lists each newest first.
 * @throws AppError unavailable `unavailable` when a page cannot be read
 */
export async function* stripeStatement(
  api: Stripe,
  sinceMs: number,
): AsyncGenerator<StatementCharge | StatementRefund> {
  const since = { created: { gte: Math.floor(sinceMs / 1000) }, limit: PAGE_SIZE };
  const charges = pages(async (after) =>
    requested(ChargePage, await api.charges.list({ ...since, ...after }), isWhole),
  );
  for await (const charge of charges) {
    const intentId = idOf(charge.payment_intent);
    if (charge.status !== 'succeeded' || intentId === null) continue;
    yield {
      kind: 'charge',
      intentId,
      orderId: charge.metadata.orderId ?? null,
      amount: moneyOf(charge),
      atMs: charge.created * 1000,
    };
  }
  const refunds = pages(async (after) =>
    requested(RefundPage, await api.refunds.list({ ...since, ...after }), isWhole),
  );
  for await (const refund of refunds) {
    yield { kind: 'refund', ...toRefund(refund), atMs: refund.created * 1000 };
  }
}

interface Page<T> {
  data: T[];
  has_more: boolean;
}

/** A page with more after it is not empty. */
const isWhole = ({ data, has_more }: Page<unknown>) => !has_more || data.length > 0;

/** All items of a list. @throws AppError unavailable `unavailable` when a page cannot be read */
async function* pages<T extends { id: string }>(
  read: (after: { starting_after?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let last: T | undefined;
  do {
    const after = last === undefined ? {} : { starting_after: last.id };
    const page = await read(after).catch(unavailable);
    yield* page.data;
    last = page.has_more ? page.data.at(-1) : undefined;
  } while (last !== undefined);
}

function unavailable(cause: unknown): never {
  const { name, type = name, statusCode } = cause as Error & { type?: string; statusCode?: number };
  currentLogger().warn({ type, statusCode }, 'provider returned no statement');
  const detail = `The provider does not return its statement (${type}).`;
  throw new AppError('unavailable', 'unavailable', detail, { retryAfterSeconds: 30, cause });
}
