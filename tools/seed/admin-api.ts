import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '@triptych/base/user-error';

/** A response whose body has been read, as JSON or as text. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface AdminApi {
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: unknown): Promise<Answer<T>>;
  /** Posts a form to a presigned URL, without the token. */
  postForm(url: string, form: FormData): Promise<Answer<unknown>>;
}

const REQUEST_TIMEOUT_MS = 35_000;
const ATTEMPTS = 4;

/**
 * The shop's public API with an administrator's token. Every request of the seed is idempotent, so each is attempted up
 * to four times: it is retried after a status of 429 or 5xx, a timeout or a lost response.
 *
 * Its methods throw a UserError if the last attempt gets no response, and the signal's reason if the signal is aborted.
 */
export function adminApi(options: {
  baseUrl: string;
  adminToken: string;
  fetch: typeof fetch;
  signal?: AbortSignal | undefined;
}): AdminApi {
  const { baseUrl, adminToken, signal } = options;
  const authorization = `Bearer ${adminToken}`;

  const once = async <T>(url: string, init: RequestInit): Promise<Answer<T>> => {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const response = await options.fetch(url, {
      ...init,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T };
  };

  const call = async <T>(url: string, init: RequestInit): Promise<Answer<T>> => {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === ATTEMPTS;
      try {
        const answer = await once<T>(url, init);
        if (last || (answer.status < 500 && answer.status !== 429)) return answer;
      } catch (error) {
        signal?.throwIfAborted();
        if (last) throw new UserError(`${init.method} ${url} got no answer: ${reason(error)}`);
      }
      await delay(attempt * (200 + Math.random() * 300), undefined, signal ? { signal } : {});
    }
  };

  return {
    get: (path) => call(baseUrl + path, { method: 'GET', headers: { authorization } }),
    post: (path, body) =>
      call(baseUrl + path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    postForm: async (url, form) => {
      // Node's fetch streams a form. A response that arrives before the end of the form ends the whole process
      // (`ReadableStream is already closed`, Node 24.21). Bytes in memory are sent in one piece.
      const encoded = new Response(form);
      const body = await encoded.bytes();
      const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
      return call(url, { method: 'POST', headers, body });
    },
  };
}

/** Returns the body of a response with one of the expected statuses. @throws UserError for any other status */
export function expectStatus<T>(what: string, answer: Answer<T>, ...expected: number[]): T {
  if (expected.includes(answer.status)) return answer.body;
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  throw new UserError(`${what} was answered ${answer.status}: ${body.slice(0, 300)}`);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
