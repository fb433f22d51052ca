import type { HttpPlugin } from '@triptych/platform/http';
import { decodeCursor, encodeCursor } from '@triptych/platform/http';
import { addSpanAttributes, span } from '@triptych/platform/telemetry';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Payments } from '../core/index.ts';
import { PLACE_ORDER } from './documented-requests.ts';
import { oneHeader } from './one-header.ts';
import { orderView } from './order-view.ts';
import {
  OrderParams,
  OrderSchema,
  OrdersQuery,
  OrdersSchema,
  PlaceOrderBody,
  StoredOrderSchema,
} from './schemas.ts';

/** Routes that place, read and cancel orders. */
export function orderRoutes(options: { payments: Payments; auth: Authenticate }): HttpPlugin {
  const { payments, auth } = options;
  return async (app) => {
    app.post(
      '/payments/orders',
      {
        onRequest: auth.customer,
        schema: {
          operationId: 'placeOrder',
          summary: 'Place an order. Stock is reserved and the card charged afterwards.',
          body: PlaceOrderBody,
          response: { 202: StoredOrderSchema },
          documented: PLACE_ORDER,
        },
      },
      async ({ caller, headers, body }, reply) => {
        const { orderId, answer } = await span('payments.place-order', {}, async () => {
          const placed = await payments.placeOrder({
            accountId: caller.accountId,
            operation: 'POST /payments/orders',
            idempotencyKey: oneHeader(headers['idempotency-key']),
            request: body,
            present: (order) => JSON.stringify(orderView(order)),
          });
          addSpanAttributes({ orderId: placed.orderId });
          return placed;
        });
        return reply
          .code(202)
          .header('location', `/payments/orders/${orderId}`)
          .type('application/json; charset=utf-8')
          .send(answer);
      },
    );

    app.get(
      '/payments/orders',
      {
        onRequest: auth.customer,
        schema: {
          operationId: 'listOrders',
          summary: "The caller's orders, newest first. An admin may name another account.",
          querystring: OrdersQuery,
          response: { 200: OrdersSchema },
          documented: { errors: { 400: ['invalid-cursor'], 403: ['forbidden'] } },
        },
      },
      async ({ caller, query: { limit, cursor, accountId = caller.accountId } }) => {
        const after = cursor === undefined ? null : decodeCursor(cursor, { accountId });
        const { orders, next } = await payments.listOrders({ caller, accountId, limit, after });
        const nextCursor = next === null ? null : encodeCursor(next, { accountId });
        return { items: orders.map((order) => orderView(order, caller.role)), nextCursor };
      },
    );

    app.get(
      '/payments/orders/:orderId',
      {
        onRequest: auth.customer,
        schema: {
          operationId: 'findOrder',
          summary: 'An order of the caller. An admin sees every order.',
          params: OrderParams,
          response: { 200: OrderSchema },
          documented: { errors: { 404: ['not-found'] } },
        },
      },
      async ({ caller, params: { orderId } }) =>
        orderView(await payments.findOrder({ orderId, caller }), caller.role),
    );

    app.post(
      '/payments/orders/:orderId/cancel',
      {
        onRequest: auth.customer,
        schema: {
          operationId: 'cancelOrder',
          summary: 'Cancel an order whose charge has not started',
          params: OrderParams,
          response: { 200: OrderSchema },
          documented: { errors: { 404: ['not-found'], 409: ['invalid-transition', 'order-busy'] } },
        },
      },
      async ({ caller, params: { orderId } }) =>
        span('payments.cancel', { orderId }, async () =>
          orderView(await payments.cancelOrder({ orderId, caller }), caller.role),
        ),
    );
  };
}
