import type { FastifyReply } from 'fastify';

/** Above the time-out of the shop's client, below the function's. */
const SILENCE_MS = 12_000;

/**
 * Leaves the client without an answer until it times out. The connection stays open, because Stripe's
 * SDK repeats a request at once when its connection is closed, even without retries, and would then
 * get the answer.
 */
export function neverAnswer(reply: FastifyReply): FastifyReply {
  reply.hijack();
  const timer = setTimeout(() => {
    reply.raw.statusCode = 504;
    reply.raw.end();
  }, SILENCE_MS);
  reply.raw.once('close', () => clearTimeout(timer));
  return reply;
}
