import { setTimeout as wait } from 'node:timers/promises';
import type { Secret } from '@triptych/platform/config';
import type { HttpPlugin } from '@triptych/platform/http';
import { span } from '@triptych/platform/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Behaviours, Operation } from '../control/behaviour.ts';
import type { Deliveries } from '../delivery/delivery-queue.ts';
import { cancelIntent, confirmIntent, type Outcome, type Stamp } from '../intents/change-intent.ts';
import { type Intent, intentJson } from '../intents/intent.ts';
import type { SimulatorStore } from '../store/simulator-store.ts';
import { answerStripeErrors } from './error-answers.ts';
import { type FormBody, parseForm } from './form-body.ts';
import { neverAnswer } from './never-answer.ts';
import { cancelParameters, confirmParameters, createParameters } from './parameters.ts';
import { keyCheck } from './provider-key.ts';
import { deliverLeftovers, type Plan, simulate } from './simulate.ts';
import { missing } from './stripe-error.ts';

export interface StripeOptions {
  store: SimulatorStore;
  deliveries: Deliveries;
  behaviours: Behaviours;
  key: Secret;
  clock: { now(): number };
  ids: { next(): string };
}

/** Longer than the longest latency that can be asked for. */
const HANDLER_TIMEOUT_MS = 25_000;

type Handle = (form: FormBody, id: string, stamp: Stamp, request: FastifyRequest) => Promise<Plan>;

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
      return change(await find(store, id), (intent) => confirmIntent(intent, parameters, stamp));
    });
    post(app, options, 'cancel', '/v1/payment_intents/:id/cancel', async (form, id, stamp) => {
      const { reason } = cancelParameters(form);
      return change(await find(store, id), (intent) => cancelIntent(intent, reason, stamp));
    });

    app.get(
      '/v1/payment_intents/:id',
      { handlerTimeout: HANDLER_TIMEOUT_MS },
      async (request, reply) => {
        const behaviour = await begin(options, 'retrieve');
        if (await behaviour.take('failWith500')) return reply.code(500).send(internalBody);
        const intent = await find(store, idOf(request));
        await deliverLeftovers(options, intent.id);
        if (await behaviour.take('dropAnswers')) return neverAnswer(reply);
        return reply.send(intentJson(intent));
      },
    );
  };
}

const internalBody = { error: { type: 'api_error', message: 'An unknown error occurred.' } };

/** A POST in form encoding, carried out once per Idempotency-Key. */
function post(
  app: FastifyInstance,
  options: StripeOptions,
  operation: Operation,
  url: string,
  handle: Handle,
): void {
  const { clock, ids } = options;
  app.post(url, { handlerTimeout: HANDLER_TIMEOUT_MS }, async (request, reply: FastifyReply) => {
    const body = typeof request.body === 'string' ? request.body : '';
    const form = parseForm(body);
    const key = request.headers['idempotency-key']?.toString() ?? null;
    const behaviour = await begin(options, operation);
    const asked = { key, method: request.method, path: request.url, body };
    const { answer, replayed } = await span(`simulator.${operation}`, {}, () =>
      simulate(options, asked, behaviour, () => {
        const nowSeconds = Math.floor(clock.now() / 1000);
        return handle(
          form,
          idOf(request),
          { id: ids.next(), nowSeconds, idempotencyKey: key },
          request,
        );
      }),
    );
    if (await behaviour.take('dropAnswers')) return neverAnswer(reply);
    if (replayed) reply.header('idempotent-replayed', 'true');
    return reply.code(answer.status).send(answer.body);
  });
}

async function begin({ behaviours }: StripeOptions, operation: Operation) {
  const behaviour = await behaviours.now(operation);
  if (behaviour.latencyMs > 0) await wait(behaviour.latencyMs);
  return behaviour;
}

const idOf = (request: FastifyRequest) => (request.params as { id?: string }).id ?? '';

async function find(store: SimulatorStore, id: string): Promise<Intent> {
  const intent = /^pi_\w{1,100}$/.test(id) ? await store.findIntent(id) : undefined;
  if (!intent) throw missing('payment_intent', id, 'intent');
  return intent;
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
    lastError: null,
    undelivered: [],
  };
}
