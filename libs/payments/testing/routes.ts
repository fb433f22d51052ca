import { AppError } from '@triptych/platform/errors';
import { buildApp } from '@triptych/platform/http';
import { type Authenticate, authenticate, requireAdmin } from '@triptych/platform/tokens';
import type { ProviderReport } from '../core/index.ts';
import { paymentsRoutes } from '../http/index.ts';
import { newWorld, type World } from './world.ts';

/** The token is the account's name; `root` is the admin. */
const customer = authenticate({
  verify: async (token) => ({ accountId: token, role: token === 'root' ? 'admin' : 'customer' }),
});
const auth: Authenticate = {
  customer,
  admin: async function adminOnly(request, reply) {
    await customer.call(this, request, reply);
    await requireAdmin.call(this, request, reply);
  },
};

async function verifyByWord(body: Uint8Array, signature?: string): Promise<ProviderReport> {
  if (signature !== `over ${body.length}`) {
    throw new AppError('validation', 'invalid-signature', 'No.');
  }
  return { eventId: 'evt_1' };
}

export type RoutesUnderTest = Awaited<ReturnType<typeof startRoutes>>;

/** Payments' routes over a world in memory. */
export async function startRoutes() {
  const world: World = newWorld();
  const app = await buildApp({
    config: {
      SERVICE_NAME: 'payments',
      VARIANT: 'microservices',
      LOG_LEVEL: 'error',
      TRUSTED_PROXIES: 0,
    },
    title: 'Payments',
    plugin: paymentsRoutes({ payments: world.payments, auth, webhooks: verifyByWord }),
  });
  return {
    app,
    world,
    get: (url: string, account: string) =>
      app.inject({
        url,
        headers: { authorization: `Bearer ${account}`, 'x-request-id': 'same' },
      }),
    post: (url: string, account: string, body?: object, headers: Record<string, string> = {}) =>
      app.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${account}`, 'x-request-id': 'same', ...headers },
        ...(body ? { payload: body } : {}),
      }),
  };
}
