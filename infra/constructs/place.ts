import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Deployment } from '../deployment.ts';
import type { Use } from './uses.ts';

/** The addresses of a variant, and the proxies in front of its services. */
export interface Place {
  /**
   * Scheme, host and port (and the stage of a REST API), without a slash at the end. Token issuer, JWKS and webhooks use
   * it. A use where the edge is created after the services: they read the address when they start.
   */
  readonly baseUrl: string | Use;
  /** Where the simulator sends webhooks. A use if the base URL is one. */
  readonly webhookUrl: string | Use;
  /** Where the services fetch the JWKS, if not at the base URL. */
  readonly internalUrl?: string;
  /** Number of proxies in front of a service. The client's address is the N-th from the right of X-Forwarded-For. */
  readonly trustedProxies: number;
}

/** The path of webhooks, under the base URL. */
export const WEBHOOK_PATH = '/payments/webhooks/stripe';

/** The place of services whose base URL is known when they are created. */
export function placeAt(
  baseUrl: string,
  trustedProxies: number,
  internalUrl: string | undefined,
): Place {
  const webhookUrl = `${internalUrl ?? baseUrl}${WEBHOOK_PATH}`;
  return {
    baseUrl,
    webhookUrl,
    trustedProxies,
    ...(internalUrl === undefined ? {} : { internalUrl }),
  };
}

/** Returns the base URL from the settings, or else the address of the edge. The edge's stack has it as an output. */
export function place(
  { settings, variant }: Deployment,
  edge: Stack,
  edgeUrl: string,
  trustedProxies: number,
): Place {
  const baseUrl = settings.baseUrls[variant] ?? edgeUrl;
  new CfnOutput(edge, 'BaseUrl', { value: baseUrl });
  return placeAt(baseUrl, trustedProxies, settings.internalUrls[variant]);
}
