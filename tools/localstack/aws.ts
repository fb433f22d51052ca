import { localAws } from '@triptych/base/local-aws';

/** The account and region that LocalStack and the local cloud both have. */
export const accountId = '000000000000';
export const region = 'us-east-1';

/** Client settings for LocalStack. A bucket in the host name would need a name server that knows it. */
export function localStackAws(endpoint: string) {
  return { ...localAws(endpoint), forcePathStyle: true, maxAttempts: 3 };
}

/** The same for programs that read it from their environment. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  const { accessKeyId, secretAccessKey } = localAws(endpoint).credentials;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
}
