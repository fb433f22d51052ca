import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clientAddress, forwardedFor } from '../http-api/listener.ts';

/** A viewer request. Header names are lower case, and the path is raw. */
export interface CdnRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Raw, without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clientIp: string;
  readonly forwardedFor: string;
}

/** A response for the viewer. */
export interface CdnResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Reads a viewer request. Joins repeated headers with commas and cookies with semicolons. */
export function readViewerRequest(request: IncomingMessage): CdnRequest {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values) headers[name] = values.join(name === 'cookie' ? '; ' : ',');
  }
  return {
    id: randomBytes(42).toString('base64url'),
    method: request.method ?? 'GET',
    path: question < 0 ? url : url.slice(0, question),
    query: question < 0 ? '' : url.slice(question + 1),
    headers,
    clientIp: clientAddress(request),
    forwardedFor: forwardedFor(request),
  };
}

/** Returns the cookies of a request as name and value. */
export function cookiesOf({ headers }: CdnRequest): [name: string, value: string][] {
  return (headers.cookie ?? '')
    .split(/;\s*/)
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

/** Returns the parameters of a query as name and value, still encoded. */
export function queryParts(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

/** Returns an error response of the CDN itself, with CloudFront's HTML. */
export function errorResponse(status: number, title: string): CdnResponse {
  const head = '<HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD>';
  const body = `<HTML>${head}<BODY><H1>${status} ERROR</H1><H2>${title}</H2></BODY></HTML>`;
  return {
    status,
    headers: { 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' },
    body: Buffer.from(body),
  };
}
