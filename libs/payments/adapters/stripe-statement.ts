import { AppError } from '@triptych/platform/errors';
import { currentLogger } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import type { StatementCharge, StatementRefund } from '../core/index.ts';
import { idOf, toRefund } from './stripe-refund.ts';

const PAGE_SIZE = 100;

/**
 * Reads successful charges, then refunds, page by page. Stripe lists each newest first.
 * @throws AppError unavailable `unavailable` when a page cannot be read
 */
export async function* stripeStatement(
  api: Stripe,
  sinceMs: number,
): AsyncGenerator<StatementCharge | StatementRefund> {
  const since = { created: { gte: Math.floor(sinceMs / 1000) }, limit: PAGE_SIZE };
  try {
    for await (const charge of api.charges.list(since)) {
      const intentId = idOf(charge.payment_intent);
      if (charge.status !== 'succeeded' || intentId === null) continue;
      yield {
        kind: 'charge',
        intentId,
        orderId: charge.metadata.orderId ?? null,
        amount: { amountCents: charge.amount, currency: charge.currency },
        atMs: charge.created * 1000,
      };
    }
    for await (const refund of api.refunds.list(since)) {
      yield { kind: 'refund', ...toRefund(refund), atMs: refund.created * 1000 };
    }
  } catch (cause) {
    const { type, statusCode } = cause as { type?: string; statusCode?: number };
    if (type === undefined) throw cause;
    currentLogger().warn({ type, statusCode }, 'provider returned no statement');
    const detail = `The provider does not return its statement (${type}).`;
    throw new AppError('unavailable', 'unavailable', detail, { retryAfterSeconds: 30, cause });
  }
}
