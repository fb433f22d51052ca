import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, shuffled } from '../../../statistics/index.ts';
import type { Journey, JourneyStep, Step } from '../../../workloads/index.ts';
import type { ComparedTarget, PartContext } from '../../part.ts';
import { spanArrived, wasCold } from './cold-requests.ts';
import type { Collected } from './collected.ts';
import type { InitDurations } from './init-durations.ts';
import type { OpenedTarget } from './opened-targets.ts';

/** Longest wait for a cold answer: every process of an order may have to start. */
const timeoutMs = 30_000;
/** So many answers without a start, and a step is taken for one that nothing starts for. */
const triesPerStep = { quick: 1, full: 2 };
/** What an order sets off beyond its confirmation ends in this time; ending a process in the middle would delay the next. */
const sagaTailMs = 400;

/** The steps as they are asked for when cold: the order yields two. */
const attempts = ['browse', 'picture', 'log-in', 'order'] as const;
type Attempt = (typeof attempts)[number];

const ask: Record<Attempt, (journey: Journey, signal: AbortSignal) => Promise<Step>> = {
  browse: (journey, signal) => journey.browse(signal),
  // One that nobody has asked for, because a CDN would answer the others without any process.
  picture: (journey, signal) => journey.newPicture(signal),
  'log-in': (journey, signal) => journey.logIn(signal),
  order: (journey, signal) => journey.order(signal),
};

/**
 * Ends every sandbox, asks once, and does so again and again; only answers for which a process was started are kept.
 * @param options.inits what functions took to start is added here
 * @param options.until nothing begins after this moment
 * @returns the steps, per target, for which nothing starts
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
    (warm.get(`${name}/${attempt}`) ?? 0) >= triesPerStep[context.mode] &&
    noneKept(collected, name, attempt);
  for (const { target } of opened) inits.skip(target);
  for (let round = 0; round < rounds; round += 1) {
    for (const { target, journey } of shuffled(opened, random)) {
      for (const attempt of attempts) {
        if (context.signal.aborted || performance.now() > until) return neverCold(opened, never);
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
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const step = await ask[attempt](journey, limit);
  const ms = performance.now() - since;
  await spanArrived(target, step.traceId);
  if (attempt !== 'order') {
    if (!wasCold(target, step.traceId, 'request', sinceMs)) return false;
    collected.add(target.name, `${attempt}/cold`, ms);
    return true;
  }
  await sleep(sagaTailMs);
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
      const steps = attempts.filter((attempt) => never(name, attempt)).flatMap(stepsOf);
      return [name, new Set(steps)];
    }),
  );
}
