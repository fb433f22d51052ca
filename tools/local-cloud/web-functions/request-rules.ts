import type { IncomingMessage } from 'node:http';
import { hasTooManyLines } from './request-headers.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/web-functions-http.html */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'];

/** A request that the platform answers itself. */
export interface Rejection {
  readonly status: number;
  readonly message: string;
}

/**
 * Checks a request against the rules of the protocol, before anything looks at its content.
 * @param domain the endpoint's own. Callers must send exactly this Host
 */
export function protocolFault(
  request: Pick<IncomingMessage, 'method' | 'httpVersion' | 'headers' | 'rawHeaders'>,
  domain: string,
): Rejection | undefined {
  const { method = '', httpVersion, headers } = request;
  if (httpVersion === '1.0') return { status: 505, message: 'HTTP Version Not Supported' };
  if (!METHODS.includes(method)) return { status: 400, message: `Unsupported method ${method}` };
  if (!headers.host) return { status: 400, message: 'The header Host is missing' };
  if (headers.host !== domain) return { status: 404, message: 'There is no such endpoint' };
  if (!hasTooManyLines(request)) return undefined;
  return { status: 431, message: 'Request Header Fields Too Large' };
}
