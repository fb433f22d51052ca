import type { Secret } from '@triptych/platform/config';
import { currentTraceparent } from '@triptych/platform/telemetry';
import type Stripe from 'stripe';
import { stripeSdk } from './stripe-sdk.ts';

/**
 * Creates Stripe's client for Stripe or the simulator, without automatic retries. Each request
 * carries the current trace (W3C Trace Context). The simulator reads it, Stripe does not.
 */
export async function connectStripe(url: string, key: Secret, timeout: number): Promise<Stripe> {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  const Client = await stripeSdk();
  return new Client(key.reveal(), {
    protocol: secure ? 'https' : 'http',
    host: hostname,
    port: port || (secure ? 443 : 80),
    maxNetworkRetries: 0,
    timeout,
    telemetry: false,
    httpClient: tracing(Client.createNodeHttpClient()),
  });
}

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

function tracing(http: HttpClient): HttpClient {
  const makeRequest = http.makeRequest.bind(http);
  http.makeRequest = (host, port, path, method, headers, ...rest) => {
    const traceparent = currentTraceparent();
    const all = traceparent === undefined ? headers : { ...headers, traceparent };
    return makeRequest(host, port, path, method, all, ...rest);
  };
  return http;
}
