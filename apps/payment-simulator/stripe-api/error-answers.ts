import { currentLogger } from '@triptych/platform/telemetry';
import type { FastifyInstance } from 'fastify';
import { internalFault, StripeError } from './stripe-error.ts';

const FORM = 'application/x-www-form-urlencoded';

/**
 * Makes everything below `/v1` speak Stripe: form bodies in, Stripe's error objects out, and the
 * key asked for first.
 */
export function answerStripeErrors(
  app: FastifyInstance,
  isKey: (authorization: string | undefined) => boolean,
): void {
  app.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', `req_${request.id}`);
    if (isKey(request.headers.authorization)) return;
    const message = 'Invalid API Key provided.';
    throw new StripeError(401, { type: 'invalid_request_error', message });
  });

  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof StripeError) {
      return reply.code(error.answer.status).send(error.answer.body);
    }
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode < 500) {
      const message = 'The request could not be read; send it form-encoded.';
      return reply.code(statusCode).send({ error: { type: 'invalid_request_error', message } });
    }
    currentLogger().error({ err: error }, 'simulator failed');
    return reply.code(500).send(internalFault.body);
  });
}
