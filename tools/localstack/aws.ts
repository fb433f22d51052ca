import { localAws } from '@triptych/base/local-aws';

/** The account and region of LocalStack, which the local cloud uses too. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';

/** Client settings for LocalStack. Path style, because a bucket's host name would not resolve. */
export function localStackAws(endpoint: string) {
  return { ...localAws(endpoint), forcePathStyle: true, maxAttempts: 3 };
}

/** The same settings as environment variables. */
export function awsEnvironment(endpoint: string): Record<string, string> {
  const { accessKeyId, secretAccessKey } = localAws(endpoint).credentials;
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
}
