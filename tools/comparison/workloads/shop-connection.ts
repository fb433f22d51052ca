import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** An answer with its complete body. */
export interface ShopAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export interface ShopRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query below the base URL. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
}

/** Redirects, for example to a large picture, are followed as in a browser. More than this is a loop. */
const MAX_REDIRECTS = 3;

/**
 * HTTP client for one shop with keep-alive connections, like a browser. Uses `node:http`, because `fetch` needs several times
 * the CPU time per request, which would distort the measurement.
 */
export class ShopConnection {
  readonly baseUrl: string;
  readonly #http = new HttpAgent({ keepAlive: true, maxFreeSockets: 64 });
  readonly #https = new HttpsAgent({ keepAlive: true, maxFreeSockets: 64 });

  /** @param baseUrl with or without a trailing slash */
  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Sends a request. @throws Error if there is no answer or the signal aborts, but not for an error status */
  async ask(request: ShopRequest): Promise<ShopAnswer> {
    return this.#ask(new URL(this.baseUrl + request.path), request, MAX_REDIRECTS);
  }

  async #ask(url: URL, request: ShopRequest, redirects: number): Promise<ShopAnswer> {
    const answer = await this.#exchange(url, request).catch((error: NodeJS.ErrnoException) => {
      // The server closed the idle connection before the request arrived. Node's documentation recommends a retry.
      if (error instanceof ClosedUnused) return this.#exchange(url, request);
      throw error;
    });
    const { location } = answer.headers;
    if (request.method === 'GET' && answer.status >= 300 && location && redirects > 0) {
      const next = new URL(location, url);
      // A presigned URL contains its own authorization.
      const headers = next.origin === url.origin ? request.headers : undefined;
      const { signal } = request;
      const onward = { method: 'GET' as const, path: next.pathname, ...(headers && { headers }) };
      return this.#ask(next, { ...onward, ...(signal && { signal }) }, redirects - 1);
    }
    return answer;
  }

  #exchange(
    url: URL,
    { method, headers, json, signal }: ShopRequest,
  ): Promise<ShopAnswer & Pick<IncomingMessage, 'headers'>> {
    const payload = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
    const secure = url.protocol === 'https:';
    const send = secure ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const sent = send(url, {
        method,
        agent: secure ? this.#https : this.#http,
        headers: {
          ...headers,
          ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
        },
        ...(signal && { signal }),
      });
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, body: Buffer.concat(chunks), headers: received });
        });
      });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        const closedUnused = sent.reusedSocket && error.code === 'ECONNRESET';
        reject(closedUnused ? new ClosedUnused(error.message) : error);
      });
      sent.end(payload);
    });
  }

  /** Closes the idle connections. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/** The server closed a reused connection before it received the request. */
class ClosedUnused extends Error {}
