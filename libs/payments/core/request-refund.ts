import { AppError } from '@triptych/platform/errors';
import { checkedKey, checkSameRequest, IDEMPOTENCY_TTL_MS } from './idempotency.ts';
import { rejectRepeatedProducts, unknownOrder } from './order.ts';
import type { Clock, Fingerprint, IdempotencyRecords, Ids, Orders, Refunds } from './ports.ts';
import { newRefund, type Refund, type RefundRequest } from './refund.ts';
import { startRefund } from './refund-changes.ts';

/** Allows for concurrent refunds of the same order. */
const MAX_TRIES = 8;

export interface RequestRefund {
  readonly accountId: string;
  /** Method and route: part of the key's scope. */
  readonly operation: string;
  readonly idempotencyKey: string | undefined;
  readonly orderId: string;
  readonly request: RefundRequest;
  /** Serializes the answer. It is stored, and sent again for the same key. */
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
 * Records a refund in one transaction, without any external call. The event written with it makes
 * settleRefund ask the provider, again and again until the refund is settled.
 * @returns the answer; for a repeated request the stored one
 * @throws AppError validation `idempotency-key-missing` | `idempotency-key-invalid` | `validation`,
 *   unprocessable `idempotency-key-reused`, not-found `not-found`, conflict `invalid-transition` |
 *   `refund-exceeds-captured` | `restock-exceeds-order` | `too-many-refunds`, unavailable
 *   `unavailable`
 */
export async function requestRefund(deps: Deps, command: RequestRefund): Promise<string> {
  const { accountId, operation, orderId, request } = command;
  const scope = { accountId, operation, key: checkedKey(command.idempotencyKey) };
  rejectRepeatedProducts(request.restock ?? [], '/restock');
  const fingerprint = deps.fingerprint({ orderId, request });
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const stored = await deps.idempotency.find(scope);
    if (stored !== undefined) {
      checkSameRequest(stored, fingerprint);
      return stored.answer;
    }
    const order = await deps.orders.find(orderId);
    if (!order) throw unknownOrder();
    const nowMs = deps.clock.now();
    const refund = newRefund(deps.ids.next(), order, request, new Date(nowMs).toISOString());
    const answer = command.present(refund);
    const expiresAtMs = nowMs + IDEMPOTENCY_TTL_MS;
    const idempotency = { scope, fingerprint, orderId, answer, expiresAtMs };
    if (await deps.refunds.commit({ ...startRefund(order, refund), idempotency })) return answer;
  }
  throw new AppError('unavailable', 'unavailable', 'The order is busy. Send the request again.', {
    retryAfterSeconds: 1,
  });
}
