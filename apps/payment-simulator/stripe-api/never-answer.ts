import type { FastifyReply, FastifyRequest } from 'fastify';

/** Longer than any client of ours waits, shorter than a function may run. */
const GIVE_UP_MS = 12_000;

/**
 * Leaves the client without an answer. A server cuts the connection; a function has none, so it stays silent until every client has
 * given up.
 */
export function neverAnswer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const timer = setTimeout(() => {
    reply.raw.statusCode = 504;
    reply.raw.end();
  }, GIVE_UP_MS);
  reply.raw.once('close', () => clearTimeout(timer));
  request.raw.socket.destroy();
  return reply;
}
