import { AwsClient } from 'aws4fetch';
import type { Emulator } from './start-emulator.ts';

const CALL_TIMEOUT_MS = 60_000;

/** Services that speak JSON with a target header. */
const TARGETS = {
  dynamodb: 'DynamoDB_20120810',
  ecr: 'AmazonEC2ContainerRegistry_V20150921',
  events: 'AWSEvents',
  tagging: 'ResourceGroupsTaggingAPI_20170126',
} as const;

/**
 * Calls a service that speaks JSON, without retries.
 * @throws Error with the service's answer when it is not a success
 */
export function awsCall<Output>(
  emulator: Emulator,
  service: keyof typeof TARGETS,
  operation: string,
  input: object,
): Promise<Output> {
  return send(emulator, service, '/', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${TARGETS[service]}.${operation}`,
    },
    body: JSON.stringify(input),
  });
}

/** The hash of the code of each function, by name. */
export async function functionHashes(emulator: Emulator): Promise<Record<string, string>> {
  const { Functions } = await send<{
    readonly Functions: readonly { readonly FunctionName: string; readonly CodeSha256: string }[];
  }>(emulator, 'lambda', '/2015-03-31/functions', { method: 'GET' });
  return Object.fromEntries(Functions.map((one) => [one.FunctionName, one.CodeSha256]));
}

async function send<Output>(
  { url, region, environment }: Emulator,
  service: string,
  path: string,
  request: RequestInit,
): Promise<Output> {
  const client = new AwsClient({
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    ...{ service, region, retries: 0 },
  });
  const response = await client.fetch(`${url}${path}`, {
    ...request,
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Output;
}
