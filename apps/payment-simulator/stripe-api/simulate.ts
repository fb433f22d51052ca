import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { BehaviourNow } from '../control/behaviour.ts';
import type { Deliveries } from '../delivery/delivery-queue.ts';
import type { Intent } from '../intents/intent.ts';
import type { SimulatorStore } from '../store/simulator-store.ts';
import type { Answer } from './answer.ts';
import { internalFault, StripeError } from './stripe-error.ts';

const MAX_TRIES = 8;
const MAX_KEY_LENGTH = 255;

export interface Request {
  readonly key: string | null;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** What a request would do to the intent as it is now. */
export interface Plan {
  readonly answer: Answer;
  readonly before: Intent | null;
  readonly after: Intent;
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
 * Carries a request out once per key. The intent's change, its webhook and the kept answer are one
 * write, so a process that dies leaves all of it or nothing; the webhook is on its queue before the
 * answer goes out, and a repeated request puts it there if that was missed.
 * @throws StripeError
 */
export async function simulate(
  { store, deliveries }: Deps,
  request: Request,
  behaviour: BehaviourNow,
  plan: () => Promise<Plan>,
): Promise<Simulated> {
  const { key } = request;
  if (key !== null && (key.length === 0 || key.length > MAX_KEY_LENGTH)) throw badKey();
  const fingerprint = fingerprintOf(request);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const kept = key === null ? undefined : await store.findAnswer(key);
    if (kept) {
      if (kept.fingerprint !== fingerprint) throw reusedKey(kept.key);
      await deliverLeftovers({ store, deliveries }, kept.intentId);
      return { answer: kept.answer, replayed: true };
    }
    const failing = await behaviour.take('failWith500');
    let next: Plan | null;
    try {
      next = failing ? null : await plan();
    } catch (error) {
      // Refused because of what the same request, sent twice at once, has just done: its answer counts.
      if (key !== null && (await store.findAnswer(key))) continue;
      throw error;
    }
    const answer = next?.answer ?? internalFault;
    const change = next && next.after !== next.before ? next : undefined;
    const written = await store.write({
      ...(change ? { change } : {}),
      ...(key === null
        ? {}
        : { kept: { key, fingerprint, answer, intentId: next?.after.id ?? null } }),
    });
    if (written) {
      if (change) await deliver({ store, deliveries }, change.after);
      return { answer, replayed: false };
    }
    await wait(Math.random() * 20 * attempt);
  }
  throw new StripeError(429, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message: 'This object cannot be accessed right now because another request is using it.',
  });
}

/** Enqueues what an earlier request wrote and did not live to enqueue. */
export async function deliverLeftovers(deps: Deps, intentId: string | null): Promise<void> {
  const intent = intentId === null ? undefined : await deps.store.findIntent(intentId);
  if (intent) await deliver(deps, intent);
}

/** Dying before the last line sends an event twice: it keeps its id, by which the shop knows it. */
async function deliver({ store, deliveries }: Deps, intent: Intent): Promise<void> {
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

function badKey(): StripeError {
  const message = 'An Idempotency-Key has 1 to 255 characters.';
  return new StripeError(400, { type: 'invalid_request_error', message });
}
