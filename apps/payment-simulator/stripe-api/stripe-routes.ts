import type { HttpPlugin } from '@triptych/platform/http';
import { cancelIntent, confirmIntent, type Outcome, type Stamp } from '../intents/change-intent.ts';
import { type Intent, intentJson } from '../intents/intent.ts';
import { findIntent, get, idOf, post, type StripeOptions } from './endpoint.ts';
import { answerStripeErrors } from './error-answers.ts';
import { cancelParameters, confirmParameters, createParameters } from './parameters.ts';
import { keyCheck } from './provider-key.ts';
import { refundRoutes } from './refund-routes.ts';
import { type Plan, sendUndelivered } from './simulate.ts';

/** The endpoints of Stripe that the shop uses: https://docs.stripe.com/api/payment_intents */
export function stripeRoutes(options: StripeOptions): HttpPlugin {
  const { store } = options;
  return async (app) => {
    answerStripeErrors(app, keyCheck(options.key));

    post(app, options, 'create', '/v1/payment_intents', async (form, _id, stamp, request) => {
      const version = request.headers['stripe-version']?.toString();
      const after = newIntent(createParameters(form, version), stamp);
      return { answer: { status: 200, body: intentJson(after) }, before: null, after };
    });
    post(app, options, 'confirm', '/v1/payment_intents/:id/confirm', async (form, id, stamp) => {
      const parameters = confirmParameters(form);
      return change(await findIntent(store, id), (intent) =>
        confirmIntent(intent, parameters, stamp),
      );
    });
    post(app, options, 'cancel', '/v1/payment_intents/:id/cancel', async (form, id, stamp) => {
      const { reason } = cancelParameters(form);
      return change(await findIntent(store, id), (intent) => cancelIntent(intent, reason, stamp));
    });

    get(app, options, 'retrieve', '/v1/payment_intents/:id', async (request) => {
      const intent = await findIntent(store, idOf(request));
      await sendUndelivered(options, intent.id);
      return intentJson(intent);
    });
    refundRoutes(app, options);
  };
}

function change(before: Intent, apply: (intent: Intent) => Outcome): Plan {
  const { answer, intent } = apply(before);
  return { answer, before, after: intent };
}

function newIntent(
  parameters: ReturnType<typeof createParameters>,
  { id, nowSeconds }: Stamp,
): Intent {
  return {
    id: `pi_${id}`,
    version: 1,
    ...parameters,
    status: parameters.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
    createdSeconds: nowSeconds,
    canceledSeconds: null,
    cancellationReason: null,
    chargeId: null,
    chargedSeconds: null,
    refunds: [],
    lastError: null,
    undelivered: [],
  };
}
