/**
 * A W3C traceparent (https://www.w3.org/TR/trace-context/) of version 00, or of a later version, whose first 55 characters
 * have the same format and which may have more fields (section 3.2.4). Version ff and ids of zeros only are invalid. The
 * groups are the trace id and the span id.
 */
export const TRACEPARENT =
  '^(?!ff)(?!00.{53}.)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:$|-)';
