import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/index.ts';

/** New requests are rejected while the event loop's mean delay, measured every second, is above this. */
const MAX_EVENT_LOOP_DELAY_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;

class OverloadedError extends AppError {
  constructor() {
    super('unavailable', 'overloaded', 'The service is overloaded. Try again shortly.', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}

/**
 * Rejects requests while the event loop is delayed, with AppError `unavailable`/`overloaded`. For containers only:
 * after a function was frozen, the first measurement is wrong and would reject valid requests.
 */
export async function rejectWhenOverloaded(app: FastifyInstance): Promise<void> {
  const { default: underPressure } = await import('@fastify/under-pressure');
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    retryAfter: RETRY_AFTER_SECONDS,
    customError: OverloadedError as never,
  });
}
