import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/index.ts';

/** New requests are rejected while the event loop's mean delay is above this. */
const MAX_EVENT_LOOP_DELAY_MS = 1_000;
/** The mean is that of the last window. */
const WINDOW_MS = 1_000;
/** Node measures the delay with a timer of this interval, and includes the interval in it. */
const RESOLUTION_MS = 100;
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
 * after a function was frozen, the first measurement is wrong and would reject valid requests. We do not use
 * `@fastify/under-pressure` 9: its resolution is fixed at 10 ms, and the hundred wake-ups a second take 5 ms of CPU time,
 * nine tenths of what an idle service uses.
 */
export function rejectWhenOverloaded(app: FastifyInstance): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let isLate = false;
  delay.enable();
  const timer = setInterval(() => {
    // NaN without a measurement: the event loop stood still for the whole window.
    isLate = Number.isNaN(delay.mean) || delay.mean / 1e6 - RESOLUTION_MS > MAX_EVENT_LOOP_DELAY_MS;
    delay.reset();
  }, WINDOW_MS).unref();
  app.addHook('onRequest', (_request, _reply, done) => {
    done(isLate ? new OverloadedError() : undefined);
  });
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    delay.disable();
    done();
  });
}
