import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** An answer whose body has been read. */
export interface ShopAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export interface ShopRequest {
  readonly method: 'GET' | 'POST';
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly signal?: AbortSignal;
}

/** A redirect to where a large picture is kept is followed, as a browser does; more than this is a loop. */
const mostRedirects = 3;

/**
 * Plain HTTP to one shop over connections that are kept and used again, as a browser's are. `node:http`, because `fetch`
 * takes several times the processor time per request, and that would be measured too.
 */
export class ShopConnection {
  readonly baseUrl: string;
  readonly #http = new HttpAgent({ keepAlive: true, maxFreeSockets: 64 });
  readonly #https = new HttpsAgent({ keepAlive: true, maxFreeSockets: 64 });

  /** @param baseUrl with or without a slash at its end */
  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** @throws Error when there is no answer, or the signal aborts; never on a status */
  async ask(request: ShopRequest): Promise<ShopAnswer> {
    return this.#ask(new URL(this.baseUrl + request.path), request, mostRedirects);
  }

  async #ask(url: URL, request: ShopRequest, redirects: number): Promise<ShopAnswer> {
    const answer = await this.#exchange(url, request).catch((error: NodeJS.ErrnoException) => {
      // A kept connection that the server closed just then: the request never arrived (Node's own advice is to retry).
      if (error instanceof ClosedUnused) return this.#exchange(url, request);
      throw error;
    });
    const { location } = answer.headers;
    if (request.method === 'GET' && answer.status >= 300 && location && redirects > 0) {
      const next = new URL(location, url);
      // A presigned address carries its own authority.
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

  /** Closes the kept connections. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/** The server had closed a kept connection before it saw the request. */
class ClosedUnused extends Error {}
