import { processCredentials } from './process-credentials.ts';
import { type Credentials, signatureHeaders } from './sign-request.ts';

/**
 * X-Ray's OTLP endpoint accepts spans in JSON without a collector, from signed requests.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
 */
const XRAY = /^https:\/\/xray\.([a-z0-9-]+)\.amazonaws\.com$/;

/** Returns what signs requests to an endpoint, or undefined if the endpoint is not X-Ray's. */
export function xraySignature(
  endpoint: string,
  credentials: () => Promise<Credentials> = processCredentials(),
): ((url: string, body: string) => Promise<Record<string, string>>) | undefined {
  const [, region] = XRAY.exec(endpoint) ?? [];
  if (region === undefined) return undefined;
  return async (url, body) => {
    const { host, pathname: path } = new URL(url);
    const headers = { 'content-type': 'application/json', host };
    const of = { path, headers, body, service: 'xray', region };
    return { ...headers, ...signatureHeaders({ ...of, credentials: await credentials() }) };
  };
}
