import type { HttpPlugin } from '@triptych/platform/http';
import { span } from '@triptych/platform/telemetry';
import type { Authenticate } from '@triptych/platform/tokens';
import { Type } from 'typebox';
import type { Payments, ProviderReport } from '../core/index.ts';
import { orderView } from './order-view.ts';
import {
  BalanceSchema,
  OrderSchema,
  PlaceOrderBody,
  ReceivedSchema,
  StoredOrderSchema,
} from './schemas.ts';

interface Options {
  payments: Payments;
  auth: Authenticate;
  /** Verifies a webhook over its raw bytes. @throws AppError validation `invalid-signature` */
  webhooks: (rawBody: Uint8Array, signature: string | undefined) => Promise<ProviderReport>;
}

/** Everything payments answers over HTTP. */
export function paymentsRoutes({ payments, auth, webhooks }: Options): HttpPlugin {
  return async (app) => {
    app.post(
      '/payments/orders',
      {
        onRequest: auth.customer,
        schema: {
          summary: 'Place an order; it is reserved and charged afterwards',
          body: PlaceOrderBody,
          response: { 202: StoredOrderSchema },
        },
      },
      async ({ caller, headers, body }, reply) => {
        // Read when the span ends: only then is it known which order it is.
        const attributes = { orderId: '' };
        const { orderId, answer } = await span('payments.place-order', attributes, async () => {
          const placed = await payments.placeOrder({
            accountId: caller.accountId,
            operation: 'POST /payments/orders',
            idempotencyKey: firstOf(headers['idempotency-key']),
            request: body,
            present: (order) => JSON.stringify(orderView(order)),
          });
          attributes.orderId = placed.orderId;
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
      '/payments/orders/:orderId',
      {
        onRequest: auth.customer,
        schema: {
          summary: 'An order of the caller; an admin sees every order',
          // No pattern: an id that cannot exist is answered like one that does not.
          params: Type.Object({ orderId: Type.String() }),
          response: { 200: OrderSchema },
        },
      },
      async ({ caller, params }) => orderView(await payments.findOrder(params.orderId, caller)),
    );

    app.get(
      '/payments/ledger/balance',
      {
        onRequest: auth.admin,
        schema: {
          summary: 'All accounts at one moment; the sums are zero',
          response: { 200: BalanceSchema },
        },
      },
      async () => {
        const { accounts, sumCents } = await payments.readBalance();
        return { accounts: [...accounts], sumCents };
      },
    );

    app.post(
      '/payments/webhooks/stripe',
      { schema: { summary: "The provider's signed events", response: { 200: ReceivedSchema } } },
      async (request) => {
        const signature = firstOf(request.headers['stripe-signature']);
        const report = await webhooks(request.rawBody ?? Buffer.alloc(0), signature);
        const attributes = { eventId: report.eventId, orderId: report.intent?.orderId ?? '' };
        await span('payments.accept-report', attributes, () => payments.acceptReport(report));
        return { received: true as const };
      },
    );
  };
}

/**
 * Node joins repeated headers of these names with a comma, which neither a key nor a signature
 * survives.
 */
const firstOf = (header: string | string[] | undefined) =>
  Array.isArray(header) ? header.join(', ') : header;
