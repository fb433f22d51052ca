import { untilAnswered } from '@triptych/base/until-answered';
import { POLLED_MS } from './eventually.ts';
import { HANG_MS } from './hang.ts';
import { target } from './target.ts';

/** A response with its body as text, and parsed if it is JSON. */
export interface Answer<T = Record<string, unknown>> {
  /** Method and path of the request. */
  readonly request: readonly [method: string, path: string];
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: T;
}

export interface Call {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent unchanged; overrides `body`. */
  readonly raw?: string | Uint8Array;
  /** Content type of the body; `null` sends none. */
  readonly contentType?: string | null;
  /** Returns a 502, 503 or 504 as it is, for a request that must not be repeated. By default, the request is retried. */
  readonly once?: boolean;
}

/**
 * Calls the target. Does not throw on any status. Like every good client, it does not take 502, 503 or 504 for an answer:
 * it retries. The requests of the checks may be repeated: their methods are idempotent, they have a key or an id, or they are rejected.
 */
export async function call<T = Record<string, unknown>>(
  method: string,
  path: string,
  options: Call = {},
): Promise<Answer<T>> {
  const send = () => sendOnce<T>(method, path, options);
  return options.once ? send() : untilAnswered(send, pause);
}

/** Pauses before a retry. They are shorter where less patience is set, because a failure is expected. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(ms, POLLED_MS / 30)));
}

async function sendOnce<T>(
  method: string,
  path: string,
  { token, headers = {}, body, raw, contentType = 'application/json' }: Call,
): Promise<Answer<T>> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  // For a string, fetch would add a content type by itself.
  const payload = typeof content === 'string' ? Buffer.from(content) : content;
  const response = await fetch(target.baseUrl + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(payload === undefined || contentType === null ? {} : { 'content-type': contentType }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload as NonNullable<RequestInit['body']> }),
    signal: AbortSignal.timeout(HANG_MS),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const json = (isJson && text ? JSON.parse(text) : {}) as T;
  return {
    request: [method, path],
    status: response.status,
    headers: response.headers,
    text,
    json,
  };
}

/** The Accept header that a browser sends for a picture. */
const pictures = 'image/avif,image/webp,image/*,*/*;q=0.8';

/** Fetches bytes and follows redirects, as a browser does. Retries as {@link call} does. */
export function bytes(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  return untilAnswered(async () => {
    const response = await fetch(target.baseUrl + path, {
      headers: { accept: pictures, ...headers },
      signal: AbortSignal.timeout(HANG_MS),
    });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body };
  }, pause);
}

export { eventually } from './eventually.ts';
