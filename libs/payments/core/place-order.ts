import { AppError } from '@triptych/platform/errors';
import { orderPlaced } from './event-drafts.ts';
import { checkedKey, checkSameRequest, keptMs } from './idempotency.ts';
import { newOrder, type Order, type OrderRequest, refuseRepeatedProducts } from './order.ts';
import type { Clock, Fingerprint, IdempotencyRecords, Ids, Orders } from './ports.ts';

const MAX_TRIES = 3;

export interface PlaceOrder {
  readonly accountId: string;
  /** Method and route: part of the key's scope. */
  readonly operation: string;
  readonly idempotencyKey: string | undefined;
  readonly request: OrderRequest;
  /** Writes the answer that is stored and sent; the same bytes are sent again for the same key. */
  readonly present: (order: Order) => string;
}

export interface PlacedOrder {
  readonly orderId: string;
  readonly answer: string;
}

interface Deps {
  orders: Orders;
  idempotency: IdempotencyRecords;
  fingerprint: Fingerprint;
  clock: Clock;
  ids: Ids;
}

/**
 * Places an order in one transaction, without a call to anyone. It writes first and looks up the
 * key only when the write is refused: that costs a new order no read, and makes a repeated request
 * and the loser of a race the same case.
 * @throws AppError validation `idempotency-key-missing` | `idempotency-key-invalid` | `validation`,
 *   unprocessable `idempotency-key-reused`, unavailable `idempotency-busy`
 */
export async function placeOrder(deps: Deps, command: PlaceOrder): Promise<PlacedOrder> {
  const { accountId, operation, request } = command;
  const scope = { accountId, operation, key: checkedKey(command.idempotencyKey) };
  refuseRepeatedProducts(request.lines, '/lines');
  const fingerprint = deps.fingerprint(request);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const nowMs = deps.clock.now();
    const order = newOrder(deps.ids.next(), accountId, request, new Date(nowMs).toISOString());
    const answer = command.present(order);
    const placed = await deps.orders.place({
      order,
      events: [orderPlaced(order)],
      idempotency: { scope, fingerprint, orderId: order.id, answer, expiresAtMs: nowMs + keptMs },
    });
    if (placed) return { orderId: order.id, answer };
    const kept = await deps.idempotency.find(scope);
    if (kept !== undefined) {
      checkSameRequest(kept, fingerprint);
      return { orderId: kept.orderId, answer: kept.answer };
    }
    // The record expired between the refusal and the look: the key is free again.
  }
  throw new AppError('unavailable', 'idempotency-busy', 'Send the request again.', {
    retryAfterSeconds: 1,
  });
}
