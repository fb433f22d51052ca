import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpEvent } from './functions.ts';

/** Gives the router the path that a plain HTTP server would have seen. */
export function normalizeEvent(event: HttpEvent): HttpEvent {
  return 'rawPath' in event ? normalizeV2(event) : withoutStage(event);
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

/** A REST API's own address carries the stage as the first segment; a custom domain's does not. */
function withoutStage(event: APIGatewayProxyEvent): APIGatewayProxyEvent {
  const prefix = `/${event.requestContext.stage}/`;
  return event.path.startsWith(prefix)
    ? { ...event, path: event.path.slice(prefix.length - 1) }
    : event;
}
