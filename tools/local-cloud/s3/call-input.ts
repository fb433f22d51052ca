import { addressOf, type S3Request } from './s3-request.ts';

/** The members of a request that its permissions depend on, by their names in the SDK. */
export function callInput({ bucket, key, headers }: S3Request): Record<string, unknown> {
  const source = headers['x-amz-copy-source'];
  return {
    ...(bucket === '' ? {} : { Bucket: bucket }),
    ...(key === '' ? {} : { Key: key }),
    ...(source === undefined ? {} : { CopySource: plainSource(source) }),
  };
}

/** `bucket/key`, decoded. The header may start with a slash. */
function plainSource(header: string): string {
  const { bucket, key } = addressOf(`/${header.split('?', 1)[0]?.replace(/^\//, '') ?? ''}`);
  return `${bucket}/${key}`;
}
