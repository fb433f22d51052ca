import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clientAddress, forwardedFor } from './listener.ts';

/** The fields of a format 2.0 event that differ between an HTTP API and a function URL. */
export interface PayloadSource {
  readonly routeKey: string;
  /** Decoded for an HTTP API, as sent for a function URL. */
  readonly rawPath: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly accountId: string;
  readonly domainName: string;
}

/** Content types of text bodies. Other bodies are base64 (API Gateway Developer Guide). */
const TEXT_TYPES = /^(text\/|application\/(json|javascript|xml)\b)/i;

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Formats a time as in access logs: `22/Nov/2026:18:00:00 +0000`. */
export function commonLogTime(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  return `${date}:${at.toISOString().slice(11, 19)} +0000`;
}

function isText(request: IncomingMessage): boolean {
  const encoding = request.headers['content-encoding'];
  const type = request.headers['content-type'] ?? '';
  return (encoding === undefined || encoding === 'identity') && TEXT_TYPES.test(type);
}

/** Returns the headers, with repeated values joined by commas. Cookies are in a separate field. */
function eventHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values) headers[name] = values.join(',');
  }
  const time = Math.floor(Date.now() / 1000).toString(16);
  headers['x-amzn-trace-id'] ??= `Root=1-${time}-${randomBytes(12).toString('hex')}`;
  headers['x-forwarded-for'] = forwardedFor(request);
  headers['x-forwarded-port'] = String(request.socket.localPort ?? '');
  headers['x-forwarded-proto'] = 'http';
  return headers;
}

function queryParameters(rawQuery: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  }
  return parameters;
}

/** Builds a format 2.0 event (Lambda Developer Guide, "Invoking a Lambda function"). */
export function payloadV2(request: IncomingMessage, body: Buffer, source: PayloadSource) {
  const now = new Date();
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const rawQueryString = question < 0 ? '' : url.slice(question + 1);
  const cookies = request.headers.cookie?.split(/;\s*/);
  const headers = eventHeaders(request);
  const text = isText(request);
  return {
    version: '2.0',
    routeKey: source.routeKey,
    rawPath: source.rawPath,
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(rawQueryString ? { queryStringParameters: queryParameters(rawQueryString) } : {}),
    requestContext: {
      accountId: source.accountId,
      apiId: source.apiId,
      domainName: source.domainName,
      domainPrefix: source.apiId,
      http: {
        method: request.method ?? 'GET',
        path: source.rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: clientAddress(request),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomBytes(11).toString('base64url'),
      routeKey: source.routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(source.pathParameters ? { pathParameters: source.pathParameters } : {}),
    ...(body.length > 0 ? { body: body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !text,
  };
}
