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
 * What Stripe does not have: the provider's own statement, and a switch for bad days. Needs the
 * provider's key.
 */
export function controlRoutes({ store, behaviours, key }: Options): HttpPlugin {
  const isKey = keyCheck(key);
  return async (app) => {
    app.addHook('onRequest', async ({ headers }) => {
      if (!isKey(headers.authorization)) {
        throw new AppError('unauthenticated', 'invalid-key', "This needs the provider's key.");
      }
    });

    app.get(
      '/_control/statement',
      { schema: { summary: 'Every intent and its status', querystring: StatementQuery } },
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
      { schema: { summary: 'Misbehave; what is not named is off', body: BehaviourSchema } },
      async ({ body }) => {
        await behaviours.set(body);
        return body;
      },
    );

    app.delete('/_control/behaviour', { schema: { summary: 'Behave' } }, async (_, reply) => {
      await behaviours.reset();
      return reply.code(204).send();
    });
  };
}
