import type { HttpPlugin } from '@triptych/platform/http';
import { span } from '@triptych/platform/telemetry';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Payments } from '../core/index.ts';
import { REQUEST_REFUND } from './documented-requests.ts';
import { oneHeader } from './one-header.ts';
import { refundView } from './refund-view.ts';
import { OrderParams, RefundBody, RefundsSchema, StoredRefundSchema } from './schemas.ts';

/** Routes that request and list refunds. */
export function refundRoutes(options: { payments: Payments; auth: Authenticate }): HttpPlugin {
  const { payments, auth } = options;
  return async (app) => {
    app.post(
      '/payments/orders/:orderId/refunds',
      {
        onRequest: auth.admin,
        schema: {
          operationId: 'requestRefund',
          summary: 'Refund a confirmed order, in full or in part, and restock lines of it',
          params: OrderParams,
          body: RefundBody,
          response: { 202: StoredRefundSchema },
          documented: REQUEST_REFUND,
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
          operationId: 'listRefunds',
          summary: "An order's refunds, oldest first, for its owner or an admin",
          params: OrderParams,
          response: { 200: RefundsSchema },
          documented: { errors: { 404: ['not-found'] } },
        },
      },
      async ({ caller, params: { orderId } }) => {
        const refunds = await payments.listRefunds({ orderId, caller });
        return { items: refunds.map(refundView) };
      },
    );
  };
}
