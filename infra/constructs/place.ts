import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Deployment } from '../deployment.ts';

/** The addresses of a variant, and the proxies in front of its services. */
export interface Place {
  /**
   * Scheme, host and port (and the stage of a REST API), without a slash at the end. Token issuer, JWKS and webhooks use
   * it.
   */
  readonly baseUrl: string;
  /** Where the services fetch the JWKS and the simulator sends webhooks, if not at the base URL. */
  readonly internalUrl?: string;
  /** Number of proxies in front of a service. The client's address is the N-th from the right of X-Forwarded-For. */
  readonly trustedProxies: number;
}

/** Returns the base URL from the settings, or else the address of the edge. The edge's stack has it as an output. */
export function place(
  { settings, variant }: Deployment,
  edge: Stack,
  edgeUrl: string,
  trustedProxies: number,
): Place {
  const baseUrl = settings.baseUrls[variant] ?? edgeUrl;
  const internalUrl = settings.internalUrls[variant];
  new CfnOutput(edge, 'BaseUrl', { value: baseUrl });
  return { baseUrl, trustedProxies, ...(internalUrl === undefined ? {} : { internalUrl }) };
}
