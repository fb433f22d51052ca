import type { FastifyInstance, FastifyRequest, preParsingHookHandler, RouteOptions } from 'fastify';
import { hasDuplicateKeys } from './duplicate-keys.ts';
import { malformedJson, unsupportedMediaType } from './to-app-error.ts';

/** Rejects bytes that are not UTF-8 instead of replacing them. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A type with JSON's structured suffix (RFC 6839), for example `application/merge-patch+json`. */
const JSON_SUFFIX = /^application\/[\w!#$&^.+-]+\+json(;|$)/;

/** Fastify reads no body of these methods. */
const BODYLESS_METHODS = new Set(['GET', 'HEAD', 'TRACE']);

/** Whether the bodies of a route's requests are read, even if the route needs none. */
export function readsBody({ method }: Pick<RouteOptions, 'method'>): boolean {
  return ![method].flat().every((name) => BODYLESS_METHODS.has(name));
}

/**
 * Accepts only JSON bodies. Rejects `__proto__`, `constructor.prototype`, duplicate keys and bytes that are not UTF-8.
 * The request then fails with AppError `validation`/`malformed-json`.
 *
 * Routes without a body schema also accept an empty body under any content type: many clients send the same
 * `Content-Type` with every request. A malformed content type counts as absent (RFC 9110, section 8.3).
 */
export function parseJsonBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('text/plain');
  app.removeContentTypeParser('application/json');
  for (const type of ['application/json', JSON_SUFFIX]) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, body, done) => {
      if (isAbsent(request, body)) {
        done(null, undefined);
        return;
      }
      let text: string;
      try {
        text = utf8.decode(body as Buffer);
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
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    done(isAbsent(request, body) ? null : unsupportedMediaType(), undefined);
  });
  app.addHook('onRoute', ignoreUselessTypes);
}

/** Whether this is an empty body of a route without a body schema. */
function isAbsent(request: FastifyRequest, body: string | Buffer): boolean {
  return body.length === 0 && request.routeOptions.schema?.body === undefined;
}

/**
 * Removes a Content-Type that is malformed, or belongs to an absent body on a route without a body schema. Fastify
 * rejects a malformed one with 415 before it looks for a body or a parser.
 */
function ignoreUselessTypes(route: RouteOptions): void {
  if (!readsBody(route)) return;
  const takesNoBody = route.schema?.body === undefined;
  const removeType: preParsingHookHandler = (request, _reply, payload, done) => {
    const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
    const isEmpty = length === '0' && coding === undefined;
    // Fastify's `mediaType` is undefined if the type is malformed.
    if (request.mediaType === undefined || (takesNoBody && isEmpty)) {
      delete request.headers['content-type'];
    }
    done(null, payload);
  };
  route.preParsing = [removeType, ...[route.preParsing ?? []].flat()];
}

/**
 * Makes the exact bytes of every body the `request.body` of this scope's routes, whatever its content type, even if it is
 * malformed or absent. For signatures, which cover bytes.
 * @param maxBytes larger bodies fail with AppError `too-large`/`body-too-large`
 */
export function receiveRawBodies(scope: FastifyInstance, maxBytes: number): void {
  scope.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer', bodyLimit: maxBytes } as const;
  scope.addContentTypeParser('*', options, (_request, body, done) => done(null, body));
}
