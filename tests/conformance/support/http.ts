import { target } from './target.ts';

const timeoutMs = 35_000;

/** An answer with its body read, as text and (where it is JSON) parsed. */
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
  /** Sent as it is; wins over `body`. */
  readonly raw?: string | Uint8Array;
  /** Of a body; `null` sends none. */
  readonly contentType?: string | null;
}

/** Calls the target; never throws on a status. */
export async function call<T = Record<string, unknown>>(
  method: string,
  path: string,
  { token, headers = {}, body, raw, contentType = 'application/json' }: Call = {},
): Promise<Answer<T>> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  // Of text the platform would name a type by itself.
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
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const json = (isJson && text ? JSON.parse(text) : {}) as T;
  return { status: response.status, headers: response.headers, text, json };
}

/** What a browser accepts in the place of a picture. */
const pictures = 'image/avif,image/webp,image/*,*/*;q=0.8';

/** Fetches bytes, following redirects as a browser does. */
export async function bytes(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const response = await fetch(target.baseUrl + path, {
    headers: { accept: pictures, ...headers },
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

export { eventually } from './eventually.ts';
