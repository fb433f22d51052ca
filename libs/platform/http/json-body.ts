import type { FastifyInstance } from 'fastify';
import { hasDuplicateKeys } from './duplicate-keys.ts';
import { malformedJson } from './to-app-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON body's exact bytes, decoded from nothing: signatures are made over them. Null without a JSON body. */
    rawBody: Buffer | null;
  }
}

/** Bytes that are no UTF-8 are refused instead of being replaced silently. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Takes JSON and nothing else; `__proto__`, `constructor.prototype` and a field named twice are refused. */
export function takeJsonBodies(app: FastifyInstance): void {
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
