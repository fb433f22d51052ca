import type { IncomingMessage } from 'node:http';
import { forwardedFor } from '../http-api/listener.ts';
import { ORIGIN_ACCESS_HEADER } from '../lambda/origin-access.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';

/** AWS Lambda Developer Guide, "Web functions: HTTP requests" */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE']);
const MAX_HEADER_LINES = 6_300;

/** Removed from requests and, as far as they occur there, from responses. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
];
/** Headers with which a caller could pretend another address or method. */
const PRETENDED = [
  'x-real-ip',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
  ORIGIN_ACCESS_HEADER,
];
const OWN_PREFIX = 'lambda-web-';

/** A request that Lambda rejects itself. */
export interface Rejection {
  readonly status: number;
  readonly message: string;
}

/** Checks a request as Lambda does before it looks for an environment. @param domain the endpoint's own Host */
export function rejectionOf(request: IncomingMessage, domain: string): Rejection | undefined {
  if (request.httpVersion === '1.0') return { status: 505, message: 'HTTP/1.0 is not supported.' };
  if (!METHODS.has(request.method ?? '')) {
    return { status: 400, message: `The method ${request.method} is not supported.` };
  }
  if (request.rawHeaders.length / 2 > MAX_HEADER_LINES) {
    return { status: 431, message: 'The request has too many headers.' };
  }
  if (request.headers.host === undefined) return { status: 400, message: 'Host is missing.' };
  if (request.headers.host !== domain) return { status: 404, message: 'Host is not an endpoint.' };
  if (request.headers.expect !== undefined) {
    return { status: NOT_DOCUMENTED.expectStatus, message: 'Expect is not supported.' };
  }
  return undefined;
}

/** Returns the headers that the application gets, as a flat list. `X-Forwarded-For` ends with the peer's address. */
export function requestHeaders(
  request: IncomingMessage,
  added: { readonly requestId: string; readonly endpointName: string; readonly isSigned: boolean },
): string[] {
  const named = (request.headers.connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const removed = new Set([...HOP_BY_HOP, ...PRETENDED, ...named, 'x-forwarded-for']);
  // Lambda has checked it, and it is not meant for the application.
  if (added.isSigned) removed.add('authorization');
  const kept: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(index, index + 2);
    const lower = name.toLowerCase();
    // The body is sent as a whole, so its length is known.
    if (removed.has(lower) || lower.startsWith(OWN_PREFIX) || lower === 'transfer-encoding')
      continue;
    if (lower !== 'content-length') kept.push(name, value);
  }
  kept.push('X-Forwarded-For', forwardedFor(request));
  kept.push(
    'lambda-web-request-id',
    added.requestId,
    'lambda-web-endpoint-name',
    added.endpointName,
  );
  return kept;
}

/** Returns the end-to-end headers of a response as sent, including repeated ones. */
export function responseHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.includes(lower) && lower !== 'transfer-encoding') kept.push(name, value);
  }
  return kept;
}
