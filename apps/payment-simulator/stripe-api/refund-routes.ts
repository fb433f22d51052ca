import type { FastifyInstance } from 'fastify';
import { chargeJson, refundJson } from '../intents/charge-json.ts';
import { refundIntent } from '../intents/refund-intent.ts';
import { timePrefix } from '../intents/timed-id.ts';
import { findIntent, get, idOf, post, type StripeOptions } from './endpoint.ts';
import { listParameters, refundParameters } from './list-parameters.ts';
import { sendUndelivered } from './simulate.ts';
import { missing } from './stripe-error.ts';

/**
 * Refunds, and the lists of refunds and charges: https://docs.stripe.com/api/refunds,
 * https://docs.stripe.com/api/charges/list
 */
export function refundRoutes(app: FastifyInstance, options: StripeOptions): void {
  const { store } = options;

  post(app, options, 'refund', '/v1/refunds', async (form, _id, stamp) => {
    const { intentId, ...parameters } = refundParameters(form);
    const before = await findIntent(store, intentId, 'payment_intent');
    const { answer, intent } = refundIntent(before, parameters, stamp);
    return { answer, before, after: intent };
  });

  get(app, options, 'list', '/v1/refunds/:id', async (request) => {
    const id = idOf(request);
    const intent = await store.findIntentOfRefund(id);
    const refund = intent?.refunds.find((one) => one.id === id);
    if (!intent || !refund) throw missing('refund', id, 'id');
    await sendUndelivered(options, intent.id);
    return refundJson(intent, refund);
  });

  get(app, options, 'list', '/v1/refunds', async (request) => {
    const { intentId, limit, startingAfter, sinceSeconds } = listParameters(request.query);
    if (intentId !== null) {
      const intent = await findIntent(store, intentId, 'payment_intent');
      await sendUndelivered(options, intent.id);
      const newest = intent.refunds.toReversed().map((refund) => refundJson(intent, refund));
      const from = newest.findIndex(({ id }) => id === startingAfter) + 1;
      return page('/v1/refunds', newest.slice(from, from + limit), newest.length > from + limit);
    }
    const since = timePrefix('re', sinceSeconds);
    const found = await store.list({ kind: 'refunds', since, before: startingAfter, limit });
    const refunds = await Promise.all(
      found.ids.map(async (id) => {
        const intent = await store.findIntentOfRefund(id);
        const refund = intent?.refunds.find((one) => one.id === id);
        return intent && refund ? [refundJson(intent, refund)] : [];
      }),
    );
    return page('/v1/refunds', refunds.flat(), found.hasMore);
  });

  get(app, options, 'list', '/v1/charges', async (request) => {
    const { intentId, limit, startingAfter, sinceSeconds } = listParameters(request.query);
    if (intentId !== null) {
      const intent = await findIntent(store, intentId, 'payment_intent');
      return page('/v1/charges', intent.chargeId === null ? [] : [chargeJson(intent)], false);
    }
    const since = timePrefix('ch', sinceSeconds);
    const found = await store.list({ kind: 'charges', since, before: startingAfter, limit });
    const intents = await Promise.all(found.intentIds.map((id) => store.findIntent(id)));
    const charges = intents.flatMap((intent) => (intent ? [chargeJson(intent)] : []));
    return page('/v1/charges', charges, found.hasMore);
  });
}

const page = (url: string, data: object[], hasMore: boolean) => ({
  object: 'list',
  data,
  has_more: hasMore,
  url,
});
