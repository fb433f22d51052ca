const REDACTED = '[redacted]';

/** Keys whose values are never logged, in lower case. */
const SECRET_KEYS = new Set([
  'password',
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'accesstoken',
  'refreshtoken',
  'secret',
  'apikey',
  'privatekey',
  'signature',
  'paymentmethod',
  'card',
  'cardnumber',
  'number',
  'cvc',
]);

/** Deeper values are replaced. The deepest that we log on purpose are the metric fields. */
const MAX_DEPTH = 6;

/**
 * Returns the value without secrets; only the changed parts are copied. We do not use pino's own redaction: with
 * wildcards it makes a line ten times slower to write, and a wildcard covers only one level.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  if (depth >= MAX_DEPTH) return '[too deep]';
  let copy: Record<string, unknown> | undefined;
  const original = value as Record<string, unknown>;
  for (const key of Object.keys(original)) {
    const before = original[key];
    const after = SECRET_KEYS.has(key.toLowerCase()) ? REDACTED : redact(before, depth + 1);
    if (after === before) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...original }) as Record<string, unknown>;
    copy[key] = after;
  }
  return copy ?? value;
}

/** Only plain data is searched. Classes (Date, Error, Secret, Buffer) have their own serialization. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}
