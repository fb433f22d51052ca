import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, shuffled } from '../../../statistics/index.ts';
import type { Journey, JourneyStep, Step } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';
import { spanArrived, wasCold } from './cold-requests.ts';
import type { Collected } from './collected.ts';
import type { InitDurations } from './init-durations.ts';
import type { OpenedTarget } from './opened-targets.ts';

/** The longest wait for a cold answer. An order may have to start every process. */
const TIMEOUT_MS = 30_000;
/** After this many answers without a cold start, a step counts as never cold. */
const TRIES_PER_STEP = { quick: 1, full: 2 };
/** The bill needs the INIT of every function from more than one start, so this many rounds run even if time is short. */
const MIN_ROUNDS = 2;
/** The work after an order's confirmation takes at most this long. Ending a process during it would delay the next request. */
const SAGA_TAIL_MS = 400;

/** The cold requests. An order yields two steps. */
const ATTEMPTS = ['browse', 'picture', 'log-in', 'order'] as const;
type Attempt = (typeof ATTEMPTS)[number];

const ask: Record<Attempt, (journey: Journey, signal: AbortSignal) => Promise<Step>> = {
  browse: (journey, signal) => journey.browse(signal),
  // A new rendition, because a CDN would answer an existing one without any process.
  picture: (journey, signal) => journey.newPicture(signal),
  'log-in': (journey, signal) => journey.logIn(signal),
  order: (journey, signal) => journey.order(signal),
};

/**
 * Repeatedly ends every sandbox and sends one request. Keeps only the answers for which a process was started.
 * @param options.inits collects the INIT durations of functions
 * @param options.until no request starts after this time, except in the first two rounds
 * @returns the steps of each target that are never cold
 */
export async function measureCold(options: {
  readonly opened: readonly OpenedTarget[];
  readonly collected: Collected;
  readonly inits: InitDurations;
  readonly context: PartContext;
  readonly rounds: number;
  readonly until: number;
}): Promise<Map<string, Set<JourneyStep>>> {
  const { opened, collected, inits, context, rounds, until } = options;
  const random = seededRandom(context.seed + 1);
  const warm = new Map<string, number>();
  const never = (name: string, attempt: Attempt) =>
    (warm.get(`${name}/${attempt}`) ?? 0) >= TRIES_PER_STEP[context.mode] &&
    noneKept(collected, name, attempt);
  for (const { target } of opened) inits.skip(target);
  for (let round = 0; round < rounds; round += 1) {
    for (const { target, journey } of shuffled(opened, random)) {
      for (const attempt of ATTEMPTS) {
        const ended = round >= MIN_ROUNDS && performance.now() > until;
        if (context.signal.aborted || ended) return neverCold(opened, never);
        if (never(target.name, attempt)) continue;
        context.progress(round, rounds, `cold, ${target.name}`);
        try {
          const kept = await askCold(target, journey, attempt, collected, context.signal);
          inits.collect(target);
          if (kept) continue;
          const key = `${target.name}/${attempt}`;
          warm.set(key, (warm.get(key) ?? 0) + 1);
        } catch (error) {
          if (context.signal.aborted) return neverCold(opened, never);
          collected.fail(target.name, `${attempt}, cold: ${(error as Error).message}`);
        }
      }
    }
  }
  return neverCold(opened, never);
}

async function askCold(
  target: ComparedTarget,
  journey: Journey,
  attempt: Attempt,
  collected: Collected,
  signal: AbortSignal,
): Promise<boolean> {
  await target.local?.makeCold();
  const sinceMs = Date.now();
  const since = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const step = await ask[attempt](journey, limit);
  const ms = performance.now() - since;
  await spanArrived(target, step.traceId);
  if (attempt !== 'order') {
    if (!wasCold(target, step.traceId, 'request', sinceMs)) return false;
    collected.add(target.name, `${attempt}/cold`, ms);
    return true;
  }
  await sleep(SAGA_TAIL_MS);
  const order = step as Awaited<ReturnType<Journey['order']>>;
  if (!wasCold(target, order.traceId, 'all')) return false;
  if (wasCold(target, order.traceId, 'request')) {
    collected.add(target.name, 'place-order/cold', order.acceptedMs);
  }
  collected.add(target.name, 'order-confirmed/cold', order.confirmedMs);
  return true;
}

const stepsOf = (attempt: Attempt): JourneyStep[] =>
  attempt === 'order' ? ['place-order', 'order-confirmed'] : [attempt];

function noneKept(collected: Collected, name: string, attempt: Attempt): boolean {
  return stepsOf(attempt).every((step) => collected.of(name, `${step}/cold`).length === 0);
}

function neverCold(
  opened: readonly OpenedTarget[],
  never: (name: string, attempt: Attempt) => boolean,
): Map<string, Set<JourneyStep>> {
  return new Map(
    opened.map(({ target: { name } }) => {
      const steps = ATTEMPTS.filter((attempt) => never(name, attempt)).flatMap(stepsOf);
      return [name, new Set(steps)];
    }),
  );
}
