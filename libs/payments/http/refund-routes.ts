import type { HttpPlugin } from '@triptych/platform/http';
import { span } from '@triptych/platform/telemetry';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Payments } from '../core/index.ts';
import { oneHeader } from './one-header.ts';
import { refundView } from './refund-view.ts';
import { OrderParams, RefundBody, RefundsSchema, StoredRefundSchema } from './schemas.ts';

/** Paying money back, and what has been. */
export function refundRoutes(options: { payments: Payments; auth: Authenticate }): HttpPlugin {
  const { payments, auth } = options;
  return async (app) => {
    app.post(
      '/payments/orders/:orderId/refunds',
      {
        onRequest: auth.admin,
        schema: {
          summary: 'Pay money of a confirmed order back, and put goods of it on sale again',
          params: OrderParams,
          body: RefundBody,
          response: { 202: StoredRefundSchema },
        },
      },
      async ({ caller, headers, params: { orderId }, body }, reply) => {
        const answer = await span('payments.request-refund', { orderId }, () =>
          payments.requestRefund({
            accountId: caller.accountId,
            operation: 'POST /payments/orders/{id}/refunds',
            idempotencyKey: oneHeader(headers['idempotency-key']),
            orderId,
            request: body,
            present: (refund) => JSON.stringify(refundView(refund)),
          }),
        );
        return reply.code(202).type('application/json; charset=utf-8').send(answer);
      },
    );

    app.get(
      '/payments/orders/:orderId/refunds',
      {
        onRequest: auth.customer,
        schema: {
          summary: "An order's refunds, oldest first, for its owner or an admin",
          params: OrderParams,
          response: { 200: RefundsSchema },
        },
      },
      async ({ caller, params }) => {
        const refunds = await payments.listRefunds(params.orderId, caller);
        return { items: refunds.map(refundView) };
      },
    );
  };
}
