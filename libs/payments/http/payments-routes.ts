import type { HttpPlugin } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import type { Payments } from '../core/index.ts';
import { orderRoutes } from './order-routes.ts';
import { refundRoutes } from './refund-routes.ts';
import { BalanceSchema } from './schemas.ts';
import { type VerifyWebhook, webhookRoute } from './webhook-route.ts';

interface Options {
  payments: Payments;
  auth: Authenticate;
  webhooks: VerifyWebhook;
}

/** All HTTP routes of payments. */
export function paymentsRoutes({ payments, auth, webhooks }: Options): HttpPlugin {
  return async (app) => {
    await app.register(orderRoutes({ payments, auth }));
    await app.register(refundRoutes({ payments, auth }));
    await app.register(webhookRoute({ payments, verify: webhooks }));

    app.get(
      '/payments/ledger/balance',
      {
        onRequest: auth.admin,
        schema: {
          operationId: 'readBalance',
          summary: 'The balance of every account at one moment. The sums are zero.',
          response: { 200: BalanceSchema },
        },
      },
      async () => {
        const { accounts, sumCents } = await payments.readBalance();
        return { accounts: [...accounts], sumCents };
      },
    );
  };
}
