import type { FastifyReply } from 'fastify';

/** Longer than any client of ours waits, shorter than a function may run. */
const GIVE_UP_MS = 12_000;

/**
 * Leaves the client without an answer until it has given up. The connection stays open: Stripe's
 * SDK sends a request again at once when one is cut, whatever its settings, and then the answer
 * would not be lost.
 */
export function neverAnswer(reply: FastifyReply): FastifyReply {
  reply.hijack();
  const timer = setTimeout(() => {
    reply.raw.statusCode = 504;
    reply.raw.end();
  }, GIVE_UP_MS);
  reply.raw.once('close', () => clearTimeout(timer));
  return reply;
}
