import type { FunctionAnswer } from '../http-api/function-answer.ts';

/**
 * The result of a function (API Gateway Developer Guide, "Output format of a Lambda function for
 * proxy integration"). All fields are optional.
 */
interface Returned {
  readonly statusCode?: number | string;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

const FIELDS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * Response headers that are renamed, and those that are dropped ("Amazon API Gateway important
 * notes for REST APIs").
 */
const REMAPPED = new Set(
  'authorization connection content-md5 date max-forwards server user-agent www-authenticate'.split(
    ' ',
  ),
);
const DROPPED = new Set('expect host te trailer transfer-encoding upgrade'.split(' '));

/**
 * Reads a function's result. Returns undefined for an invalid result, or one with unknown fields.
 * The API then answers 502.
 * @param wantsBytes decodes a base64 body. Otherwise the base64 text is sent
 */
export function proxyAnswer(payload: Buffer, wantsBytes: boolean): FunctionAnswer | undefined {
  const returned = parse(payload);
  if (!returned) return undefined;
  const status = Number(returned.statusCode ?? 200);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const encoding = returned.isBase64Encoded && wantsBytes ? 'base64' : 'utf8';
  return { status, headers: headersOf(returned), body: Buffer.from(returned.body ?? '', encoding) };
}

function parse(payload: Buffer): Returned | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (!Object.keys(value).every((name) => FIELDS.has(name))) return undefined;
  const { body } = value as { body?: unknown };
  const hasText = body === undefined || body === null || typeof body === 'string';
  return hasText ? (value as Returned) : undefined;
}

/** Merges both kinds of headers. A value that is in both is sent once. */
function headersOf({ headers, multiValueHeaders }: Returned): FunctionAnswer['headers'] {
  // Without a prototype, so that `constructor` is an ordinary name.
  const merged: Record<string, string[]> = Object.create(null);
  const add = (name: string, value: unknown) => {
    const lower = name.toLowerCase();
    if (DROPPED.has(lower)) return;
    const sentName = REMAPPED.has(lower) ? `x-amzn-remapped-${lower}` : lower;
    const values = merged[sentName] ?? [];
    if (!values.includes(String(value))) merged[sentName] = [...values, String(value)];
  };
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    for (const value of values) add(name, value);
  }
  for (const [name, value] of Object.entries(headers ?? {})) add(name, value);
  merged['content-type'] ??= ['application/json'];
  return Object.fromEntries(
    Object.entries(merged).map(([name, values]) => [
      name,
      values.length > 1 ? values : (values[0] ?? ''),
    ]),
  );
}
