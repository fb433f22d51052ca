import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { BehaviourNow } from '../control/behaviour.ts';
import type { Deliveries } from '../delivery/delivery-queue.ts';
import type { Intent } from '../intents/intent.ts';
import type { SimulatorStore } from '../store/simulator-store.ts';
import type { Answer } from './answer.ts';
import { INTERNAL_FAULT, StripeError } from './stripe-error.ts';

const MAX_TRIES = 8;
const MAX_KEY_LENGTH = 255;
/** Longest wait before the second try; multiplied by the number of tries so far. */
const MAX_WAIT_MS = 20;

export interface Request {
  readonly key: string | null;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** The answer to a request and the change of the intent that it makes. */
export interface Plan {
  readonly answer: Answer;
  readonly before: Intent | null;
  readonly after: Intent;
}

export interface Simulate {
  readonly request: Request;
  readonly behaviour: BehaviourNow;
  /** Reads the intent and decides. Called again after a lost race. */
  readonly plan: () => Promise<Plan>;
}

export interface Simulated {
  readonly answer: Answer;
  readonly replayed: boolean;
}

interface Deps {
  store: SimulatorStore;
  deliveries: Deliveries;
}

/**
 * Carries a request out once per key. The change of the intent, its events and the stored answer are
 * one write. The events are on the queue before the answer is sent; if the process dies in between,
 * a repeated request sends them.
 * @throws StripeError 400 for an invalid or reused key, 429 when the intent keeps changing, and
 *   errors of `plan`
 */
export async function simulate(deps: Deps, command: Simulate): Promise<Simulated> {
  const { request, behaviour, plan } = command;
  const { store } = deps;
  const { key } = request;
  if (key !== null && (key.length === 0 || key.length > MAX_KEY_LENGTH)) throw invalidKey();
  const fingerprint = fingerprintOf(request);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = key === null ? undefined : await store.findAnswer(key);
    if (stored) {
      if (stored.fingerprint !== fingerprint) throw reusedKey(stored.key);
      await sendUndelivered(deps, stored.intentId);
      return { answer: stored.answer, replayed: true };
    }
    const failing = await behaviour.take('failWith500');
    let next: Plan | null;
    try {
      next = failing ? null : await plan();
    } catch (error) {
      // The same request, sent twice concurrently, may have caused the refusal. Replay its answer.
      if (key !== null && (await store.findAnswer(key))) continue;
      throw error;
    }
    const answer = next?.answer ?? INTERNAL_FAULT;
    const change = next && next.after !== next.before ? next : undefined;
    const intentId = next?.after.id ?? null;
    const written = await store.write({
      ...(change ? { change } : {}),
      ...(key === null ? {} : { answer: { key, fingerprint, answer, intentId } }),
    });
    if (written) {
      if (change) await sendEvents(deps, change.after);
      return { answer, replayed: false };
    }
    await wait(Math.random() * MAX_WAIT_MS * attempt);
  }
  throw new StripeError(429, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message: 'This object cannot be accessed right now because another request is using it.',
  });
}

/** Sends the events that an earlier request wrote and, because its process died, did not send. */
export async function sendUndelivered(deps: Deps, intentId: string | null): Promise<void> {
  const intent = intentId === null ? undefined : await deps.store.findIntent(intentId);
  if (intent) await sendEvents(deps, intent);
}

/** A crash before the last line sends an event twice, with the same id. The shop deduplicates it. */
async function sendEvents({ store, deliveries }: Deps, intent: Intent): Promise<void> {
  if (intent.undelivered.length === 0) return;
  for (const event of intent.undelivered) await deliveries.send(event);
  await store.write({ change: { before: intent, after: { ...intent, undelivered: [] } } });
}

function fingerprintOf({ method, path, body }: Request): string {
  const parameters = body.split('&').sort().join('&');
  return createHash('sha256').update(`${method} ${path}\n${parameters}`).digest('hex');
}

function reusedKey(key: string): StripeError {
  const message = `The idempotency key '${key}' was used with other parameters before.`;
  return new StripeError(400, { type: 'idempotency_error', message });
}

function invalidKey(): StripeError {
  const message = 'An Idempotency-Key has 1 to 255 characters.';
  return new StripeError(400, { type: 'invalid_request_error', message });
}
