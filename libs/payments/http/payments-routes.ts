import type { HttpPlugin } from '@triptych/platform/http';
import { span } from '@triptych/platform/telemetry';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Payments, ProviderReport } from '../core/index.ts';
import { oneHeader } from './one-header.ts';
import { orderRoutes } from './order-routes.ts';
import { refundRoutes } from './refund-routes.ts';
import { BalanceSchema, ReceivedSchema } from './schemas.ts';

interface Options {
  payments: Payments;
  auth: Authenticate;
  /** Verifies a webhook's signature over its raw bytes. @throws AppError validation `invalid-signature` */
  webhooks: (rawBody: Uint8Array, signature: string | undefined) => Promise<ProviderReport>;
}

/** All HTTP routes of payments. */
export function paymentsRoutes({ payments, auth, webhooks }: Options): HttpPlugin {
  return async (app) => {
    await app.register(orderRoutes({ payments, auth }));
    await app.register(refundRoutes({ payments, auth }));

    app.get(
      '/payments/ledger/balance',
      {
        onRequest: auth.admin,
        schema: {
          summary: 'The balance of every account at one moment. The sums are zero.',
          response: { 200: BalanceSchema },
        },
      },
      async () => {
        const { accounts, sumCents } = await payments.readBalance();
        return { accounts: [...accounts], sumCents };
      },
    );

    // A 500 `stray-charge` or 503 makes the provider send the event again.
    app.post(
      '/payments/webhooks/stripe',
      {
        schema: {
          summary: "Receives the provider's signed events",
          response: { 200: ReceivedSchema },
        },
      },
      async (request) => {
        const signature = oneHeader(request.headers['stripe-signature']);
        const report = await webhooks(request.rawBody ?? Buffer.alloc(0), signature);
        const orderId = (report.intent ?? report.refund)?.orderId ?? report.refundedOrderId ?? '';
        const attributes = { eventId: report.eventId, orderId };
        await span('payments.accept-report', attributes, () => payments.acceptReport(report));
        return { received: true as const };
      },
    );
  };
}
