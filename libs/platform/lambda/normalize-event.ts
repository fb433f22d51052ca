import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpEvent } from './functions.ts';

/** Gives the router the path that a plain HTTP server would have seen. */
export function normalizeEvent(event: HttpEvent): HttpEvent {
  return 'rawPath' in event ? normalizeV2(event) : normalizeV1(event);
}

function normalizeV2(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  return keepsEncoding(event) ? event : { ...event, rawPath: encodePath(event.rawPath) };
}

/**
 * Function URLs hand over the path as it was sent; HTTP APIs decode it first. A function URL knows no routes but
 * `$default`, and our HTTP APIs have none of that name.
 */
function keepsEncoding(event: APIGatewayProxyEventV2): boolean {
  return event.routeKey === '$default';
}

/**
 * Encodes a decoded path again. `/` stays a separator: whether it was sent as `%2F` is lost, so such a path matches no
 * route here, where plain HTTP would refuse the id; neither finds anything.
 */
function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  // Half a surrogate pair cannot be encoded; it can only come from bytes that were no UTF-8.
  return encodeURIComponent(segment.toWellFormed());
}

/**
 * A REST API keeps the path's encoding. Its own address has the stage before the path, which the event leaves out; the
 * base path of a custom domain it does not (seen in captures of both, aws-powertools/powertools-lambda-python#579). The
 * resource says where our own path begins. Of a header or a query parameter that came several times, `headers` has the
 * last value only.
 */
function normalizeV1(event: APIGatewayProxyEvent): APIGatewayProxyEvent {
  const own = event.resource.split('{', 1)[0] ?? '/';
  const from = Math.max(event.path.indexOf(own), 0);
  return {
    ...event,
    path: event.path.slice(from),
    headers: joined(event.multiValueHeaders) ?? event.headers,
    multiValueHeaders: {},
  };
}

/** Each header as Node's own server gives it: values with commas between them, cookies with semicolons. */
function joined(
  multiple: APIGatewayProxyEvent['multiValueHeaders'] | null,
): Record<string, string> | undefined {
  if (!multiple) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(multiple)) {
    headers[name.toLowerCase()] = values.join(name.toLowerCase() === 'cookie' ? '; ' : ', ');
  }
  return headers;
}
