import { setTimeout as wait } from 'node:timers/promises';
import type { Secret } from '@triptych/platform/config';
import { addSpanAttributes, span } from '@triptych/platform/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Behaviours, Operation } from '../control/behaviour.ts';
import type { Deliveries } from '../delivery/delivery-queue.ts';
import type { Stamp } from '../intents/change-intent.ts';
import type { Intent } from '../intents/intent.ts';
import type { SimulatorStore } from '../store/simulator-store.ts';
import { type FormBody, parseForm } from './form-body.ts';
import { neverAnswer } from './never-answer.ts';
import { type Plan, simulate } from './simulate.ts';
import { INTERNAL_FAULT, missing } from './stripe-error.ts';

export interface StripeOptions {
  store: SimulatorStore;
  deliveries: Deliveries;
  behaviours: Behaviours;
  key: Secret;
  clock: { now(): number };
  ids: { next(): string };
}

/** Above the longest latency that the control routes accept. */
const HANDLER_TIMEOUT_MS = 25_000;

type Handle = (form: FormBody, id: string, stamp: Stamp, request: FastifyRequest) => Promise<Plan>;

/** Registers a POST with a form body. It is carried out once per Idempotency-Key. */
export function post(
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
    if (await behaviour.take('failAtGateway')) return sendGatewayError(reply);
    const plan = async () => {
      const nowSeconds = Math.floor(clock.now() / 1000);
      const stamp = { id: ids.next(), nowSeconds, idempotencyKey: key };
      const planned = await handle(form, idOf(request), stamp, request);
      addSpanAttributes({ orderId: planned.after.metadata.orderId ?? '' });
      return planned;
    };
    const { answer, replayed } = await span(`simulator.${operation}`, {}, () =>
      simulate(options, {
        request: { key, method: request.method, path: request.url, body },
        behaviour,
        plan,
      }),
    );
    if (await behaviour.take('dropAnswers')) return neverAnswer(reply);
    if (replayed) reply.header('idempotent-replayed', 'true');
    return reply.code(answer.status).send(answer.body);
  });
}

/** Registers a GET that answers with the result of `read`. */
export function get(
  app: FastifyInstance,
  options: StripeOptions,
  operation: Operation,
  url: string,
  read: (request: FastifyRequest) => Promise<object>,
): void {
  app.get(url, { handlerTimeout: HANDLER_TIMEOUT_MS }, async (request, reply) => {
    const behaviour = await begin(options, operation);
    if (await behaviour.take('failAtGateway')) return sendGatewayError(reply);
    if (await behaviour.take('failWith500')) return reply.code(500).send(INTERNAL_FAULT.body);
    const body = await read(request);
    if (await behaviour.take('dropAnswers')) return neverAnswer(reply);
    return reply.send(body);
  });
}

async function begin({ behaviours }: StripeOptions, operation: Operation) {
  const behaviour = await behaviours.now(operation);
  if (behaviour.latencyMs > 0) await wait(behaviour.latencyMs);
  return behaviour;
}

/** The answer of a gateway that cannot reach Stripe: JSON without an `error`. */
const sendGatewayError = (reply: FastifyReply) =>
  reply.code(503).send({ message: 'Service Unavailable' });

/** The id in the path; empty if there is none. */
export const idOf = (request: FastifyRequest) => (request.params as { id?: string }).id ?? '';

/**
 * Finds an intent by an id from the path or from the parameter `param`.
 * @throws StripeError 404 for an unknown id in the path, 400 for one in a parameter
 */
export async function findIntent(
  store: SimulatorStore,
  id: string,
  param = 'intent',
): Promise<Intent> {
  const intent = /^pi_\w{1,100}$/.test(id) ? await store.findIntent(id) : undefined;
  if (!intent) throw missing('payment_intent', id, param);
  return intent;
}
