/** Statuses of a gateway, load balancer or overloaded service that has no answer. */
export const NO_ANSWER = new Set([502, 503, 504]);
const MAX_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;

/** Methods that may be repeated (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** A request may be repeated if its method is idempotent, or if it has an idempotency key. */
export function isRepeatable(method: string, headers: Readonly<Record<string, string>>): boolean {
  const hasKey = Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');
  return IDEMPOTENT.has(method.toUpperCase()) || hasKey;
}

/** The parts of a response that decide whether a request is retried. */
interface Answered {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Sends a repeatable request until it has an answer, as a client should: at most six times, with exponential backoff and
 * jitter, and no sooner than Retry-After. A connection that fails is no answer either.
 * @returns the answer; the last 502, 503 or 504 if there is none
 * @throws Error when the last attempt fails without a response, or any attempt times out
 */
export async function untilAnswered<T extends Answered>(
  send: () => Promise<T>,
  pause = sleep,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send().catch((error: unknown) => asLostConnection(error));
    const last = attempt === MAX_ATTEMPTS;
    if (outcome instanceof TypeError) {
      if (last) throw outcome;
    } else if (last || !NO_ANSWER.has(outcome.status)) return outcome;
    await pause(pauseMs(attempt, outcome instanceof TypeError ? undefined : outcome.headers));
  }
}

/** fetch reports a failed connection as a TypeError with a cause. @throws any other error, for example a timeout */
function asLostConnection(error: unknown): TypeError {
  if (error instanceof TypeError && error.cause !== undefined) return error;
  throw error;
}

function pauseMs(attempt: number, headers?: Headers): number {
  const backoffMs = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  const askedMs = Number(headers?.get('retry-after') ?? 0) * 1000;
  return Math.min(MAX_PAUSE_MS, Math.max(backoffMs, Number.isFinite(askedMs) ? askedMs : 0));
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
