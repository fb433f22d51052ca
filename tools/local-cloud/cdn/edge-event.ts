import { type EdgeEvent, EdgeFunctionError } from './edge-function.ts';
import { type CdnRequest, type CdnResponse, cookiesOf, queryParts } from './viewer-request.ts';

interface Value {
  value?: string;
  multiValue?: { value: string }[];
}
type Values = Record<string, Value>;

/** Converts pairs. Repeated names have all values in `multiValue` and the last one in `value`. */
function toValues(pairs: readonly (readonly [string, string])[]): Values {
  const values: Values = {};
  for (const [name, value] of pairs) {
    const before = values[name];
    if (!before) values[name] = { value };
    else {
      const multiValue = before.multiValue ?? [{ value: before.value ?? '' }];
      values[name] = { value, multiValue: [...multiValue, { value }] };
    }
  }
  return values;
}

function fromValues(values: Values = {}): [string, string][] {
  return Object.entries(values).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value: value ?? '' }]).map((one): [string, string] => [name, one.value]),
  );
}

function requestPart(request: CdnRequest) {
  const { cookie: _, ...headers } = request.headers;
  return {
    method: request.method,
    uri: request.path,
    querystring: toValues(queryParts(request.query)),
    headers: toValues(Object.entries(headers)),
    cookies: toValues(cookiesOf(request)),
  };
}

function context(kind: string, request: CdnRequest, distribution: { id: string; domain: string }) {
  return {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domain,
      distributionId: distribution.id,
      eventType: kind,
      requestId: request.id,
    },
    viewer: { ip: request.clientIp },
  };
}

/** Returns the event of a viewer-request function. */
export function viewerRequestEvent(
  request: CdnRequest,
  distribution: { id: string; domain: string },
): EdgeEvent {
  return { ...context('viewer-request', request, distribution), request: requestPart(request) };
}

/** Returns the event of a viewer-response function. It contains no body. */
export function viewerResponseEvent(
  request: CdnRequest,
  response: CdnResponse,
  distribution: { id: string; domain: string },
): EdgeEvent {
  const { 'set-cookie': _, ...rest } = response.headers;
  const headers = Object.entries(rest).map(([name, value]) => [name, String(value)] as const);
  return {
    ...context('viewer-response', request, distribution),
    request: requestPart(request),
    response: {
      statusCode: response.status,
      statusDescription: '',
      headers: toValues(headers),
      cookies: {},
    },
  };
}

interface EdgeResponse {
  statusCode?: number;
  headers?: Values;
  body?: string | { data?: string; encoding?: string };
}

/**
 * Reads the response that a function returned. Without a body it has the body of `before`.
 * @throws EdgeFunctionError for an invalid status code
 */
export function responseFrom(result: unknown, before?: CdnResponse): CdnResponse {
  const { statusCode, headers, body } = (result ?? {}) as EdgeResponse;
  if (typeof statusCode !== 'number' || statusCode < 200 || statusCode > 599) {
    throw new EdgeFunctionError(`bad statusCode ${statusCode}`);
  }
  const merged: Record<string, string | string[]> = {};
  for (const [name, value] of fromValues(headers)) {
    merged[name] = merged[name] === undefined ? value : `${merged[name]},${value}`;
  }
  const cookies = before?.headers['set-cookie'];
  if (cookies) merged['set-cookie'] = cookies;
  const data = typeof body === 'string' ? { data: body } : body;
  const encoding = data?.encoding === 'base64' ? 'base64' : 'utf8';
  const bytes = data ? Buffer.from(data.data ?? '', encoding) : (before?.body ?? Buffer.alloc(0));
  return { status: statusCode, headers: merged, body: bytes };
}

/**
 * Reads the result of a viewer-request function: a request to continue with, or a response.
 * @throws EdgeFunctionError for an invalid URI or status code
 */
export function outcomeOf(
  result: unknown,
  request: CdnRequest,
): { request: CdnRequest } | { response: CdnResponse } {
  const changed = (result ?? {}) as ReturnType<typeof requestPart>;
  if ('statusCode' in changed) return { response: responseFrom(changed) };
  if (typeof changed.uri !== 'string' || !changed.uri.startsWith('/')) {
    throw new EdgeFunctionError(`bad uri ${changed.uri}`);
  }
  const headers = Object.fromEntries(fromValues(changed.headers));
  const cookies = fromValues(changed.cookies).map(([name, value]) => `${name}=${value}`);
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  const parts = fromValues(changed.querystring).map(([name, value]) =>
    value === '' ? name : `${name}=${value}`,
  );
  // A function can write characters that are not allowed in a request line.
  const path = changed.uri.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
  return { request: { ...request, path, query: parts.join('&'), headers } };
}
