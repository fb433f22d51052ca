import { recordErrorCode } from '@triptych/platform/http';
import { currentLogger, errorCode } from '@triptych/platform/telemetry';
import type { FastifyInstance } from 'fastify';
import { INTERNAL_FAULT, StripeError } from './stripe-error.ts';

const FORM = 'application/x-www-form-urlencoded';

/**
 * Gives an app Stripe's conventions: it checks the key first, reads form bodies, and answers errors
 * with Stripe's error objects.
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

  app.setErrorHandler((error, request, reply) => {
    recordErrorCode(request, errorCode(error));
    if (error instanceof StripeError) {
      return reply.code(error.answer.status).send(error.answer.body);
    }
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode < 500) {
      const message = 'The request could not be read. Send it form-encoded.';
      return reply.code(statusCode).send({ error: { type: 'invalid_request_error', message } });
    }
    currentLogger().error({ err: error }, 'simulator failed');
    return reply.code(500).send(INTERNAL_FAULT.body);
  });
}
