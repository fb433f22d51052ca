import type { Secret } from '@triptych/platform/config';
import { AppError } from '@triptych/platform/errors';
import type { HttpPlugin } from '@triptych/platform/http';
import { Type } from 'typebox';
import type { SimulatorStore } from '../store/simulator-store.ts';
import { keyCheck } from '../stripe-api/provider-key.ts';
import { BehaviourSchema, type Behaviours } from './behaviour.ts';

interface Options {
  store: SimulatorStore;
  behaviours: Behaviours;
  key: Secret;
}

const StatementQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 1_000 }),
  cursor: Type.Optional(Type.String({ pattern: '^[0-7]\\.\\w{0,100}$' })),
});

/**
 * Routes that Stripe does not have: a statement of all intents, and the simulator's faults (see
 * {@link BehaviourSchema}). They require the provider's key. Errors are problem+json.
 * @throws (the routes) AppError unauthenticated `invalid-key`
 */
export function controlRoutes({ store, behaviours, key }: Options): HttpPlugin {
  const isKey = keyCheck(key);
  return async (app) => {
    app.addHook('onRequest', async ({ headers }) => {
      if (!isKey(headers.authorization)) {
        throw new AppError('unauthenticated', 'invalid-key', "This requires the provider's key.");
      }
    });

    app.get(
      '/_control/statement',
      { schema: { summary: 'All intents and their status', querystring: StatementQuery } },
      async ({ query: { limit, cursor = null } }) => {
        const { intents, nextCursor } = await store.page({ limit, cursor });
        const charges = intents.map(({ id, metadata, amountCents, currency, status }) => ({
          intentId: id,
          orderId: metadata.orderId ?? null,
          amountCents,
          currency,
          status,
        }));
        return { charges, nextCursor };
      },
    );

    app.post(
      '/_control/behaviour',
      { schema: { summary: 'Switch faults on; absent ones are off', body: BehaviourSchema } },
      async ({ body }) => {
        await behaviours.set(body);
        return body;
      },
    );

    app.delete(
      '/_control/behaviour',
      { schema: { summary: 'Switch all faults off' } },
      async (_, reply) => {
        await behaviours.reset();
        return reply.code(204).send();
      },
    );
  };
}
