import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http-api/listener.ts';
import { sendAnswer } from '../http-api/send.ts';
import type { Behaviour } from './behaviour.ts';
import { Cache } from './cache.ts';
import { cacheKey } from './cache-key.ts';
import { outcomeOf, responseFrom, viewerRequestEvent, viewerResponseEvent } from './edge-event.ts';
import { EdgeFunctionError } from './edge-function.ts';
import {
  errorLifetimeS,
  isKeptForRevalidation,
  isServedStale,
  isShared,
  lifetimeS,
} from './lifetime.ts';
import { originRequest } from './origin-request.ts';
import { OriginOutOfReach } from './origins.ts';
import { applyResponseHeaders } from './response-headers.ts';
import { conditioned } from './viewer-conditions.ts';
import {
  type CdnRequest,
  type CdnResponse,
  errorResponse,
  readViewerRequest,
} from './viewer-request.ts';

const MAX_CACHE_BYTES = 64 * 1024 * 1024;
const MAX_BODY_BYTES = 20 * 1024 * 1024;

export interface DistributionSettings {
  readonly id: string;
  /** In order of precedence. The last one matches every path. */
  readonly behaviours: readonly Behaviour[];
  /** The error caching minimum TTL of this status in seconds, if the template sets one. */
  errorTtlS(status: number): number | undefined;
  readonly log: (text: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Fetched {
  readonly response: CdnResponse;
  readonly cacheStatus: 'Hit' | 'RefreshHit' | 'Miss' | 'Error';
}

/** One distribution: viewer functions, a cache, and origins. */
export class Distribution {
  readonly settings: DistributionSettings;
  /** `127.0.0.1:port`, or empty until the distribution listens. */
  domain = '';
  readonly #cache = new Cache(MAX_CACHE_BYTES);
  /** In-flight origin requests by cache key. Other requests with the same key wait for them. */
  readonly #fetching = new Map<string, Promise<Fetched>>();

  constructor(settings: DistributionSettings) {
    this.settings = settings;
  }

  /** Answers a viewer request. Never throws. */
  async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = readViewerRequest(incoming);
    try {
      const body = await readBody(incoming, MAX_BODY_BYTES);
      const response = body
        ? await this.#answer(request, body)
        : errorResponse(413, 'The request is too large');
      outgoing.setHeader('via', '1.1 local.cloudfront.net (CloudFront)');
      outgoing.setHeader('x-amz-cf-id', request.id);
      sendAnswer(incoming, outgoing, { ...response, headers: { ...response.headers } });
    } catch (error) {
      this.settings.log(`CDN: ${request.method} ${request.path}: ${error}`);
      if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
      else sendAnswer(incoming, outgoing, { ...errorResponse(502, 'Bad gateway'), headers: {} });
    }
  }

  async #answer(received: CdnRequest, body: Buffer): Promise<CdnResponse> {
    const behaviour = this.settings.behaviours.find(({ matches }) => matches(received.path));
    if (!behaviour?.allowedMethods.includes(received.method)) {
      return errorResponse(403, 'This distribution is not configured to allow this method');
    }
    try {
      const outcome = this.#onRequest(behaviour, received);
      if ('response' in outcome) {
        return this.#onResponse(behaviour, received, outcome.response, 'FunctionGeneratedResponse');
      }
      const { request } = outcome;
      const { response, cacheStatus } = await this.#fetch(behaviour, request, body);
      const sent = conditioned(request, response, cacheStatus !== 'Miss');
      return this.#onResponse(behaviour, request, sent, cacheStatus);
    } catch (error) {
      if (!(error instanceof EdgeFunctionError)) throw error;
      this.settings.log(`CDN function failed: ${error.message}`);
      const { headers, ...failed } = errorResponse(503, 'The function could not be run');
      return {
        ...failed,
        headers: { ...headers, 'x-cache': 'FunctionExecutionError from cloudfront' },
      };
    }
  }

  #onRequest(behaviour: Behaviour, request: CdnRequest) {
    const run = behaviour.onViewerRequest;
    if (!run) return { request };
    return outcomeOf(run(viewerRequestEvent(request, this.#identity)), request);
  }

  get #identity() {
    return { id: this.settings.id, domain: this.domain };
  }

  async #fetch(behaviour: Behaviour, request: CdnRequest, body: Buffer): Promise<Fetched> {
    const { cachePolicy } = behaviour;
    const cacheable = ['GET', 'HEAD'].includes(request.method) && cachePolicy.maxTtlS > 0;
    if (!cacheable) return asMiss(await this.#ask(behaviour, request, body));
    const key = cacheKey(request, cachePolicy);
    const cached = this.#cache.get(key, this.settings.now());
    if (cached?.fresh) {
      const headers = { ...cached.response.headers, age: String(cached.ageS) };
      return { response: { ...cached.response, headers }, cacheStatus: 'Hit' };
    }
    if (request.method === 'HEAD') return asMiss(await this.#ask(behaviour, request, body));
    const inFlight = this.#fetching.get(key);
    if (inFlight) {
      const fetched = await inFlight;
      if (isShared(fetched.response, cachePolicy)) return fetched;
      return asMiss(await this.#ask(behaviour, request, body));
    }
    const fetching = this.#fill(key, behaviour, request, cached?.response).finally(() =>
      this.#fetching.delete(key),
    );
    this.#fetching.set(key, fetching);
    return fetching;
  }

  /** Fetches a response from the origin and caches it. Revalidates `old`, if there is one. */
  async #fill(
    key: string,
    behaviour: Behaviour,
    request: CdnRequest,
    old: CdnResponse | undefined,
  ): Promise<Fetched> {
    const { cachePolicy } = behaviour;
    const answer = await this.#ask(behaviour, request, Buffer.alloc(0), validators(old));
    if (old && answer.status >= 500 && isServedStale(old)) return this.#keepStale(key, old, answer);
    const confirmed = old !== undefined && answer.status === 304;
    const response = confirmed
      ? { ...old, headers: { ...old.headers, ...answer.headers } }
      : answer;
    const now = this.settings.now();
    const ttlS = lifetimeS(response, cachePolicy, now, this.settings.errorTtlS);
    if (ttlS > 0 || isKeptForRevalidation(response, cachePolicy)) {
      this.#cache.set(key, response, ttlS, now);
    }
    return confirmed ? { response, cacheStatus: 'RefreshHit' } : asMiss(response);
  }

  /** Serves an expired response in place of a 5xx answer, until the error may be retried. */
  #keepStale(key: string, old: CdnResponse, { status }: CdnResponse): Fetched {
    const ttlS = errorLifetimeS(status, this.settings.errorTtlS);
    if (ttlS > 0) this.#cache.set(key, old, ttlS, this.settings.now());
    return { response: old, cacheStatus: 'RefreshHit' };
  }

  async #ask(
    behaviour: Behaviour,
    request: CdnRequest,
    body: Buffer,
    conditions: Readonly<Record<string, string>> = {},
  ): Promise<CdnResponse> {
    const { cachePolicy, originRequestPolicy, origin, signing } = behaviour;
    const sent = originRequest(request, cachePolicy, originRequestPolicy, signing);
    try {
      return await origin({ ...sent, headers: { ...sent.headers, ...conditions } }, body);
    } catch (error) {
      this.settings.log(`CDN: origin of ${request.path}: ${error}`);
      const late =
        error instanceof OriginOutOfReach ||
        (error instanceof Error && error.message === 'timeout');
      return errorResponse(late ? 504 : 502, 'The origin could not be reached');
    }
  }

  #onResponse(
    { responseHeaders, onViewerResponse }: Behaviour,
    request: CdnRequest,
    response: CdnResponse,
    cacheStatus: string,
  ): CdnResponse {
    const headers = responseHeaders
      ? applyResponseHeaders(responseHeaders, request, response.headers)
      : { ...response.headers };
    headers['x-cache'] = `${cacheStatus} from cloudfront`;
    const decorated = { ...response, headers };
    // CloudFront skips the function for errors and for responses of a viewer-request function.
    const passes = response.status < 400 && cacheStatus !== 'FunctionGeneratedResponse';
    if (!onViewerResponse || !passes) return decorated;
    const event = viewerResponseEvent(request, decorated, this.#identity);
    return responseFrom(onViewerResponse(event), decorated);
  }
}

function asMiss(response: CdnResponse): Fetched {
  return { response, cacheStatus: response.status >= 400 ? 'Error' : 'Miss' };
}

/** Returns the request headers that revalidate a cached response. */
function validators(old: CdnResponse | undefined): Record<string, string> {
  const { etag, 'last-modified': modified } = old?.headers ?? {};
  return {
    ...(etag === undefined ? {} : { 'if-none-match': String(etag) }),
    ...(modified === undefined ? {} : { 'if-modified-since': String(modified) }),
  };
}
