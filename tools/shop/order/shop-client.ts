import { randomBytes } from 'node:crypto';
import { untilAnswered } from '@triptych/base/until-answered';
import { UserError } from '@triptych/base/user-error';

const REQUEST_TIMEOUT_MS = 35_000;

export interface Money {
  readonly amountCents: number;
  readonly currency: string;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
  readonly available: number;
}

export interface Order {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly total: Money | null;
}

/**
 * A small client of the shop's public HTTP API, for requests that may be repeated: GET, log-ins, registrations, and those with
 * an id or a key of their own. Retries them after 502, 503 and 504. Every call throws a UserError unless it gets a 2xx answer.
 */
export class ShopClient {
  readonly #baseUrl: string;
  readonly #headers: Record<string, string>;

  constructor(baseUrl: string, headers: Record<string, string> = {}) {
    this.#baseUrl = baseUrl;
    this.#headers = headers;
  }

  /** Logs in and returns a client that sends the access token. */
  async loggedIn(email: string, password: string): Promise<ShopClient> {
    const { accessToken } = await this.post<{ accessToken: string }>('/auth/login', {
      email,
      password,
    });
    return this.with({ authorization: `Bearer ${accessToken}` });
  }

  /** A client that also sends these headers. */
  with(headers: Record<string, string>): ShopClient {
    return new ShopClient(this.#baseUrl, { ...this.#headers, ...headers });
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>('GET', path);
  }

  post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.#call<T>('POST', path, body, headers);
  }

  async #call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const url = this.#baseUrl + path;
    const send = async () => {
      const response = await fetch(url, {
        method,
        headers: {
          ...this.#headers,
          ...headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      return {
        ok: response.ok,
        status: response.status,
        headers: response.headers,
        text: await response.text(),
      };
    };
    const { ok, status, text } = await untilAnswered(() =>
      send().catch((error: Error) => {
        const cause = (error.cause as Error | undefined)?.message ?? error.message;
        throw new UserError(`${method} ${url} got no answer: ${cause}. Is the shop running?`);
      }),
    );
    if (!ok) throw new UserError(`${method} ${url} answered ${status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }
}

/** A new W3C trace context, which makes every span of an order traceable. */
export function newTrace(): { traceId: string; traceparent: string } {
  const traceId = randomBytes(16).toString('hex');
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` };
}
