import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/**
 * What became of a request. `failed`: `send` threw; `timeout`: no end in time; `unsent`: its time had passed before it could
 * be sent, because as many as may be under way were.
 */
export type Outcome = 'ok' | 'failed' | 'timeout' | 'unsent';

export interface Sample<Kind, Result> {
  readonly kind: Kind;
  /** From the start of the load. */
  readonly intendedMs: number;
  /** From when it was *meant* to start until its end (`timeout`, `unsent`: until it was given up). */
  readonly latencyMs: number;
  /** How late it was sent; `undefined` when it never was. */
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
  /** Does one request to its end; should end when the signal aborts. */
  readonly send: (kind: Kind, signal: AbortSignal) => Promise<Result>;
  /** From the intended start on. */
  readonly timeoutMs: number;
  /** Requests under way at once; those above wait, and their waiting counts. */
  readonly maxInFlight: number;
  /** Nothing more is sent once it aborts; what is under way ends. */
  readonly signal?: AbortSignal;
}

/** Timers come up to a millisecond or two late; the rest of the wait is spent turning. */
const timerSlackMs = 2;

/**
 * Sends each request when it is due, whether or not earlier ones were answered: a server that stalls gets a queue, as it would
 * from customers, and each in the queue counts with all of its waiting (no coordinated omission: Gil Tene, "How NOT to
 * Measure Latency", 2015). Every arrival yields one sample, unless the signal aborts first.
 * @returns the samples in the order of their intended starts
 */
export async function runOpenLoop<Kind, Result>(
  options: OpenLoopOptions<Kind, Result>,
): Promise<Sample<Kind, Result>[]> {
  const { maxInFlight, signal } = options;
  const arrivals = options.arrivals.toSorted((a, b) => a.atMs - b.atMs);
  const startedAt = performance.now();
  const underWay = new Set<Promise<void>>();
  const samples: Sample<Kind, Result>[] = [];
  for (const [index, arrival] of arrivals.entries()) {
    await until(startedAt + arrival.atMs, signal);
    const dueAt = startedAt + arrival.atMs;
    while (underWay.size >= maxInFlight && performance.now() < dueAt + options.timeoutMs) {
      const leftMs = dueAt + options.timeoutMs - performance.now();
      await Promise.race([...underWay, sleep(leftMs, undefined, { ref: false })]);
    }
    if (signal?.aborted) break;
    // Too late for an answer in time, even if a place has just become free.
    if (underWay.size >= maxInFlight || performance.now() - dueAt >= options.timeoutMs) {
      samples[index] = unsent(arrival, performance.now() - dueAt);
      continue;
    }
    const done = sendOne(options, arrival, dueAt).then((sample) => {
      samples[index] = sample;
      underWay.delete(done);
    });
    underWay.add(done);
  }
  await Promise.all(underWay);
  return samples;
}

async function until(moment: number, signal: AbortSignal | undefined): Promise<void> {
  const coarse = moment - performance.now() - timerSlackMs;
  // Ctrl-C ends the wait; the caller sees the signal.
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
  let whenLate = () => {};
  const late = new Promise<never>((_, reject) => {
    whenLate = () => reject(new Error(`no end within ${timeoutMs} ms`));
    deadline.addEventListener('abort', whenLate, { once: true });
  });
  try {
    return sampleOf({ outcome: 'ok', result: await Promise.race([send(kind, deadline), late]) });
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    return sampleOf({ outcome: deadline.aborted ? 'timeout' : 'failed', error });
  } finally {
    deadline.removeEventListener('abort', whenLate);
  }
}
