import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Deployment } from '../deployment.ts';

/** Where a variant is and what stands before its services. */
export interface Place {
  /**
   * Scheme, host and port (and the stage of a REST API), without a slash at the end. Token issuer, JWKS and webhooks all
   * use this one.
   */
  readonly baseUrl: string;
  /** Where the services themselves get the JWKS and the provider delivers webhooks, when that is another address. */
  readonly internalUrl?: string;
  /** Proxies before a service: the client's address is the N-th from the right of X-Forwarded-For. */
  readonly trustedProxies: number;
}

/** The variant's place: the address from the settings, else that of its edge; written out by the edge's stack. */
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
