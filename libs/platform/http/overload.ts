import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/index.ts';

/** Above this mean delay of the event loop, measured each second, new requests are turned away at once. */
const MAX_EVENT_LOOP_DELAY_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;

class OverloadedError extends AppError {
  constructor() {
    super('unavailable', 'overloaded', 'The service is overloaded. Try again shortly.', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}

/** For containers only: after a freeze, a function's first measure of the event loop would refuse good requests. */
export async function refuseWhenOverloaded(app: FastifyInstance): Promise<void> {
  const { default: underPressure } = await import('@fastify/under-pressure');
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    retryAfter: RETRY_AFTER_SECONDS,
    customError: OverloadedError as never,
  });
}
