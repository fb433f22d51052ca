import { AppError } from '@triptych/platform/errors';
import { checkAmount } from './check-amount.ts';
import { orderPlaced } from './event-drafts.ts';
import { checkedKey, checkSameRequest, IDEMPOTENCY_TTL_MS } from './idempotency.ts';
import { newOrder, type Order, type OrderRequest, rejectRepeatedProducts } from './order.ts';
import type {
  Clock,
  Fingerprint,
  IdempotencyRecords,
  Ids,
  Orders,
  PaymentProvider,
} from './ports.ts';

const MAX_TRIES = 3;

export interface PlaceOrder {
  readonly accountId: string;
  /** Method and route: part of the key's scope. */
  readonly operation: string;
  readonly idempotencyKey: string | undefined;
  readonly request: OrderRequest;
  /** Serializes the answer. It is stored, and sent again for the same key. */
  readonly present: (order: Order) => string;
}

export interface PlacedOrder {
  readonly orderId: string;
  readonly answer: string;
}

interface Deps {
  orders: Orders;
  idempotency: IdempotencyRecords;
  provider: Pick<PaymentProvider, 'chargeLimits'>;
  fingerprint: Fingerprint;
  clock: Clock;
  ids: Ids;
}

/**
 * Places an order in one transaction, without any external call. The event written with it makes
 * catalog reserve the stock.
 *
 * Writes first, and looks the key up only when the write fails. A new order then costs no read, and
 * a repeated request is handled like the loser of a race.
 * @returns the answer; for a repeated request the stored one
 * @throws AppError validation `idempotency-key-missing` | `idempotency-key-invalid` | `validation`,
 *   unprocessable `idempotency-key-reused` | `amount-too-small` | `amount-too-large`, unavailable
 *   `idempotency-busy`
 */
export async function placeOrder(deps: Deps, command: PlaceOrder): Promise<PlacedOrder> {
  const { accountId, operation, request } = command;
  const scope = { accountId, operation, key: checkedKey(command.idempotencyKey) };
  rejectRepeatedProducts(request.lines, '/lines');
  const limits = deps.provider.chargeLimits(request.expectedTotal.currency);
  checkAmount(request.expectedTotal, limits, '/expectedTotal/amountCents');
  const fingerprint = deps.fingerprint(request);
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const nowMs = deps.clock.now();
    const order = newOrder(deps.ids.next(), accountId, request, new Date(nowMs).toISOString());
    const answer = command.present(order);
    const expiresAtMs = nowMs + IDEMPOTENCY_TTL_MS;
    const placed = await deps.orders.place({
      order,
      events: [orderPlaced(order)],
      idempotency: { scope, fingerprint, orderId: order.id, answer, expiresAtMs },
    });
    if (placed) return { orderId: order.id, answer };
    const stored = await deps.idempotency.find(scope);
    if (stored !== undefined) {
      checkSameRequest(stored, fingerprint);
      return { orderId: stored.orderId, answer: stored.answer };
    }
    // The record expired between the write and the read, so the key is free again.
  }
  throw new AppError('unavailable', 'idempotency-busy', 'Send the request again.', {
    retryAfterSeconds: 1,
  });
}
