import type { FastifyInstance } from 'fastify';
import { hasDuplicateKeys } from './duplicate-keys.ts';
import { malformedJson } from './to-app-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The exact bytes of the JSON body, for signature verification. Null without a JSON body. */
    rawBody: Buffer | null;
  }
}

/** Rejects bytes that are not UTF-8 instead of replacing them. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Accepts only JSON bodies. Rejects `__proto__`, `constructor.prototype`, duplicate keys and bytes that are not UTF-8.
 * The request then fails with AppError `validation`/`malformed-json`.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.decorateRequest('rawBody', null);
  app.removeContentTypeParser('text/plain');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    request.rawBody = bytes;
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      done(malformedJson('The request body is not valid UTF-8.'));
      return;
    }
    parseJson(request, text, (error, value) => {
      if (!error && hasDuplicateKeys(text)) done(malformedJson('A field is named twice.'));
      else done(error, value);
    });
  });
}
