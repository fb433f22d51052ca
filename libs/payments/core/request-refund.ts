import { AppError } from '@triptych/platform/errors';
import { checkedKey, checkSameRequest, keptMs } from './idempotency.ts';
import { type Order, refuseRepeatedProducts, totalOf } from './order.ts';
import type { Clock, Fingerprint, IdempotencyRecords, Ids, Orders, Refunds } from './ports.ts';
import type { Refund, RefundRequest } from './refund.ts';
import { startRefund } from './refund-changes.ts';

/** Room for others that refund the same order at the same time. */
const MAX_TRIES = 8;

export interface RequestRefund {
  readonly accountId: string;
  /** Method and route: part of the key's scope. */
  readonly operation: string;
  readonly idempotencyKey: string | undefined;
  readonly orderId: string;
  readonly request: RefundRequest;
  /** Writes the answer that is stored and sent; the same bytes are sent again for the same key. */
  readonly present: (refund: Refund) => string;
}

interface Deps {
  orders: Orders;
  refunds: Refunds;
  idempotency: IdempotencyRecords;
  fingerprint: Fingerprint;
  clock: Clock;
  ids: Ids;
}

/**
 * Writes down that money is to be paid back, without a call to anyone: the event that is written
 * with it makes {@link settleRefund} ask the provider, now and again until it is settled.
 * @returns the answer, the stored one for a repeated request
 * @throws AppError validation `idempotency-key-missing` | `idempotency-key-invalid` | `validation`,
 *   unprocessable `idempotency-key-reused`, not-found `not-found`, unavailable `unavailable`,
 *   conflict `invalid-transition` and what bounds refunds (refund.ts)
 */
export async function requestRefund(deps: Deps, command: RequestRefund): Promise<string> {
  const { accountId, operation, orderId, request } = command;
  const scope = { accountId, operation, key: checkedKey(command.idempotencyKey) };
  refuseRepeatedProducts(request.restock ?? [], '/restock');
  const fingerprint = deps.fingerprint({ orderId, request });
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const kept = await deps.idempotency.find(scope);
    if (kept !== undefined) {
      checkSameRequest(kept, fingerprint);
      return kept.answer;
    }
    const order = await deps.orders.find(orderId);
    if (!order) throw new AppError('not-found', 'not-found', 'There is no such order.');
    const nowMs = deps.clock.now();
    const refund = newRefund(deps.ids.next(), order, request, new Date(nowMs).toISOString());
    const answer = command.present(refund);
    const idempotency = { scope, fingerprint, orderId, answer, expiresAtMs: nowMs + keptMs };
    if (await deps.refunds.commit({ ...startRefund(order, refund), idempotency })) return answer;
  }
  throw new AppError('unavailable', 'unavailable', 'The order is busy. Send the request again.', {
    retryAfterSeconds: 1,
  });
}

function newRefund(id: string, order: Order, request: RefundRequest, at: string): Refund {
  const { currency } = order.state === 'confirmed' ? totalOf(order) : order.expectedTotal;
  return {
    id,
    orderId: order.id,
    amount: { amountCents: request.amountCents, currency },
    restock: (request.restock ?? []).map(({ productId, quantity }) => ({ productId, quantity })),
    state: 'pending',
    reason: null,
    version: 1,
    attempt: 1,
    createdAt: at,
    updatedAt: at,
  };
}
