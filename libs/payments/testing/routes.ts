import { AppError } from '@triptych/platform/errors';
import { type Authenticate, authenticate, requireAdmin } from '@triptych/platform/tokens';
import type { ProviderReport } from '../core/index.ts';
import { paymentsApp } from './payments-app.ts';
import { newWorld, type World } from './world.ts';

/** An access token is the account's id. `root` is an admin. */
const customer = authenticate({
  verify: async (token) => ({ accountId: token, role: token === 'root' ? 'admin' : 'customer' }),
});
/** Accepts an account's id as its access token. */
export const fakeAuth: Authenticate = {
  customer,
  admin: async function adminOnly(request, reply) {
    await customer.call(this, request, reply);
    await requireAdmin.call(this, request, reply);
  },
};

/** A signature is valid when it states the length of the body. */
async function verifyByLength(body: Uint8Array, signature?: string): Promise<ProviderReport> {
  if (signature !== `over ${body.length}`) {
    throw new AppError('validation', 'invalid-signature', 'The signature is not valid.');
  }
  return { eventId: 'evt_1' };
}

export type RoutesUnderTest = Awaited<ReturnType<typeof startRoutes>>;

/** Payments' routes over an in-memory world. */
export async function startRoutes() {
  const world: World = newWorld();
  const app = await paymentsApp({
    payments: world.payments,
    auth: fakeAuth,
    webhooks: verifyByLength,
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
