import type { IncomingMessage } from 'node:http';
import { forwardedFor } from '../http-api/listener.ts';
import { ORIGIN_ACCESS_HEADER } from '../lambda/origin-access.ts';

/** Header lines of a request, the platform's own included. */
const MAX_LINES = 6300;
/** Lines that the platform adds: X-Forwarded-For, lambda-web-request-id, lambda-web-endpoint-name. */
const OWN_LINES = 3;

/** Hop-by-hop headers. Transfer-Encoding stays, because it frames the body on the way to the application too. */
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
/**
 * Removed, because applications that trust them could be deceived.
 * https://docs.aws.amazon.com/lambda/latest/dg/web-functions-http.html
 */
const DECEIVING = ['x-real-ip', 'x-http-method-override', 'x-http-method', 'x-method-override'];
const OWN_PREFIX = 'lambda-web-';

/** What the platform adds to a request. */
export interface AddedHeaders {
  readonly requestId: string;
  readonly endpointName: string;
  /** X-Forwarded-Proto, if the platform sets it. */
  readonly forwardedProto?: string | undefined;
}

/** Whether a request has more header lines than the platform accepts. */
export function hasTooManyLines({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  return rawHeaders.length / 2 + OWN_LINES > MAX_LINES;
}

/**
 * The headers that the application sees, as names and values in turn. Names and repeated headers stay as they were sent.
 * @param removed further names in lower case, e.g. the signature that was checked
 */
export function applicationHeaders(
  request: IncomingMessage,
  added: AddedHeaders,
  removed: readonly string[] = [],
): string[] {
  const dropped = new Set([
    ...HOP_BY_HOP,
    ...DECEIVING,
    ...namedBy(request.headers.connection),
    ...removed,
    ORIGIN_ACCESS_HEADER,
    'x-forwarded-for',
    ...(added.forwardedProto === undefined ? [] : ['x-forwarded-proto']),
  ]);
  const headers = kept(
    request.rawHeaders,
    (name) => dropped.has(name) || name.startsWith(OWN_PREFIX),
  );
  headers.push('X-Forwarded-For', forwardedFor(request));
  if (added.forwardedProto !== undefined) headers.push('X-Forwarded-Proto', added.forwardedProto);
  headers.push(`${OWN_PREFIX}request-id`, added.requestId);
  headers.push(`${OWN_PREFIX}endpoint-name`, added.endpointName);
  if (mayHaveBody(request.method) && !isFramed(request)) headers.push('Content-Length', '0');
  return headers;
}

/** Headers of the application's answer that describe its connection to the platform. */
const OF_CONNECTION = new Set([...HOP_BY_HOP, 'transfer-encoding']);

/** The headers that the caller sees, as names and values in turn. */
export function callerHeaders(answer: IncomingMessage, requestId: string): string[] {
  const named = new Set(namedBy(answer.headers.connection));
  const headers = kept(answer.rawHeaders, (name) => OF_CONNECTION.has(name) || named.has(name));
  headers.push(`${OWN_PREFIX}request-id`, requestId);
  return headers;
}

function kept(rawHeaders: readonly string[], isDropped: (name: string) => boolean): string[] {
  const headers: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!isDropped(name.toLowerCase())) headers.push(name, rawHeaders[index + 1] ?? '');
  }
  return headers;
}

/** The headers that `Connection` names, which are hop-by-hop too (RFC 9110, section 7.6.1). */
function namedBy(connection: string | undefined): string[] {
  return (connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
}

function mayHaveBody(method: string | undefined): boolean {
  return ['POST', 'PUT', 'PATCH'].includes(method ?? '');
}

function isFramed({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}
