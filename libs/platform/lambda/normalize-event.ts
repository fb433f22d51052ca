import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpEvent } from './http-event.ts';

/** Restores the path and headers that a plain HTTP server would have received. */
export function normalizeEvent(event: HttpEvent): HttpEvent {
  return 'rawPath' in event ? normalizeV2(event) : normalizeV1(event);
}

function normalizeV2(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  return keepsEncoding(event) ? event : { ...event, rawPath: encodePath(event.rawPath) };
}

/**
 * Function URLs pass the path as sent; HTTP APIs decode it first. The only route of a function URL is `$default`, and
 * our HTTP APIs have no route of that name.
 */
function keepsEncoding(event: APIGatewayProxyEventV2): boolean {
  return event.routeKey === '$default';
}

/**
 * Re-encodes a decoded path. Every `/` stays a separator, because the event does not show whether it was sent as `%2F`.
 * A path with `%2F` therefore matches no route and gets 404, while plain HTTP rejects the id with 400.
 */
function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  // A lone surrogate cannot be encoded. It can only come from bytes that are not UTF-8.
  return encodeURIComponent(segment.toWellFormed());
}

/**
 * A REST API keeps the path's encoding. The event's path omits the stage, but includes the base path of a custom domain
 * (seen in captures of both, aws-powertools/powertools-lambda-python#579), which is cut off here: the resource shows
 * where the service's own path begins. `headers` holds only the last value of a repeated header, so the headers are
 * rebuilt from `multiValueHeaders`.
 */
function normalizeV1(event: APIGatewayProxyEvent): APIGatewayProxyEvent {
  const prefix = event.resource.split('{', 1)[0] ?? '/';
  const start = Math.max(event.path.indexOf(prefix), 0);
  return {
    ...event,
    path: event.path.slice(start),
    headers: joined(event.multiValueHeaders) ?? event.headers,
    multiValueHeaders: {},
  };
}

/** Joins repeated headers like Node's HTTP server: values with commas, cookies with semicolons. */
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
