import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/**
 * The outcome of a request. `failed`: `send` threw; `timeout`: it did not end in time; `unsent`: it timed out before it could be
 * sent, because `maxInFlight` was reached.
 */
export type Outcome = 'ok' | 'failed' | 'timeout' | 'unsent';

export interface Sample<Kind, Result> {
  readonly kind: Kind;
  /** Intended start, counted from the start of the load. */
  readonly intendedMs: number;
  /** Time from the *intended* start until the end (`timeout`, `unsent`: until the time-out). */
  readonly latencyMs: number;
  /** Delay of the actual start; `undefined` if it was never sent. */
  readonly lateMs: number | undefined;
  readonly outcome: Outcome;
  readonly result?: Result;
  readonly error?: Error;
}

export interface Arrival<Kind> {
  readonly atMs: number;
  readonly kind: Kind;
}

export interface OpenLoopOptions<Kind, Result> {
  readonly arrivals: readonly Arrival<Kind>[];
  /** Sends one request and waits for its end; should end when the signal aborts. */
  readonly send: (kind: Kind, signal: AbortSignal) => Promise<Result>;
  /** Counted from the intended start. */
  readonly timeoutMs: number;
  /** Maximum of concurrent requests. Further requests wait, and their waiting time counts. */
  readonly maxInFlight: number;
  /** After an abort no more requests are sent; requests in flight end. */
  readonly signal?: AbortSignal;
}

/** Timers can be one or two milliseconds late, so the last part of a wait is a busy loop. */
const TIMER_SLACK_MS = 2;

/**
 * Sends each request at its intended time, whether or not earlier ones have been answered (open loop). If a server stalls,
 * requests queue up, as they would from customers, and their waiting time counts (no coordinated omission: Gil Tene, "How NOT
 * to Measure Latency", 2015). Every arrival yields one sample, unless the signal aborts first.
 * @returns the samples in the order of their intended starts
 */
export async function runOpenLoop<Kind, Result>(
  options: OpenLoopOptions<Kind, Result>,
): Promise<Sample<Kind, Result>[]> {
  const { maxInFlight, signal } = options;
  const arrivals = options.arrivals.toSorted((a, b) => a.atMs - b.atMs);
  const startedAt = performance.now();
  const inFlight = new Set<Promise<void>>();
  const samples: Sample<Kind, Result>[] = [];
  for (const [index, arrival] of arrivals.entries()) {
    await until(startedAt + arrival.atMs, signal);
    const dueAt = startedAt + arrival.atMs;
    while (inFlight.size >= maxInFlight && performance.now() < dueAt + options.timeoutMs) {
      const leftMs = dueAt + options.timeoutMs - performance.now();
      await Promise.race([...inFlight, sleep(leftMs, undefined, { ref: false })]);
    }
    if (signal?.aborted) break;
    // Too late for an answer in time, even if a slot has just become free.
    if (inFlight.size >= maxInFlight || performance.now() - dueAt >= options.timeoutMs) {
      samples[index] = unsent(arrival, performance.now() - dueAt);
      continue;
    }
    const done = sendOne(options, arrival, dueAt).then((sample) => {
      samples[index] = sample;
      inFlight.delete(done);
    });
    inFlight.add(done);
  }
  await Promise.all(inFlight);
  return samples;
}

async function until(moment: number, signal: AbortSignal | undefined): Promise<void> {
  const coarse = moment - performance.now() - TIMER_SLACK_MS;
  // An abort ends the wait; the caller checks the signal.
  if (coarse > 0) await sleep(coarse, undefined, signal ? { signal } : {}).catch(() => {});
  while (performance.now() < moment && !signal?.aborted) await nextTurn();
}

function unsent<Kind>({ kind, atMs }: Arrival<Kind>, latencyMs: number): Sample<Kind, never> {
  return { kind, intendedMs: atMs, latencyMs, lateMs: undefined, outcome: 'unsent' };
}

async function sendOne<Kind, Result>(
  { send, timeoutMs }: OpenLoopOptions<Kind, Result>,
  { kind, atMs }: Arrival<Kind>,
  dueAt: number,
): Promise<Sample<Kind, Result>> {
  const lateMs = performance.now() - dueAt;
  const deadline = AbortSignal.timeout(Math.max(0, Math.ceil(timeoutMs - lateMs)));
  const sampleOf = (rest: Pick<Sample<Kind, Result>, 'outcome' | 'result' | 'error'>) => {
    const latencyMs = performance.now() - dueAt;
    return { kind, intendedMs: atMs, latencyMs, lateMs, ...rest };
  };
  let onDeadline = () => {};
  const late = new Promise<never>((_, reject) => {
    onDeadline = () => reject(new Error(`no answer within ${timeoutMs} ms`));
    deadline.addEventListener('abort', onDeadline, { once: true });
  });
  try {
    return sampleOf({ outcome: 'ok', result: await Promise.race([send(kind, deadline), late]) });
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    return sampleOf({ outcome: deadline.aborted ? 'timeout' : 'failed', error });
  } finally {
    deadline.removeEventListener('abort', onDeadline);
  }
}
