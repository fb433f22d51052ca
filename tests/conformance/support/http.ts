import { target } from './target.ts';

const TIMEOUT_MS = 35_000;

/** A response with its body as text, and parsed if it is JSON. */
export interface Answer<T = Record<string, unknown>> {
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
}

/** Calls the target. Does not throw on any status. */
export async function call<T = Record<string, unknown>>(
  method: string,
  path: string,
  { token, headers = {}, body, raw, contentType = 'application/json' }: Call = {},
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
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const json = (isJson && text ? JSON.parse(text) : {}) as T;
  return { status: response.status, headers: response.headers, text, json };
}

/** The Accept header that a browser sends for a picture. */
const pictures = 'image/avif,image/webp,image/*,*/*;q=0.8';

/** Fetches bytes and follows redirects, as a browser does. */
export async function bytes(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const response = await fetch(target.baseUrl + path, {
    headers: { accept: pictures, ...headers },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

export { eventually } from './eventually.ts';
