import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';

/**
 * Whether S3 reports a missing object: `NoSuchKey` for a GET, `NotFound` for a HEAD. A 403 does not
 * count, although S3 returns it for a missing object if the caller lacks s3:ListBucket: treating it
 * as missing would hide a missing grant.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** The result of a read, or undefined if the object is missing. */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The body of a GetObject. Beyond `maxBytes`, closes the connection and returns undefined. */
export async function readBody(
  answer: GetObjectCommandOutput,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const { Body: body, ContentLength: sizeBytes } = answer;
  if (body === undefined || sizeBytes === undefined) throw new Error('S3 answered without a body');
  if (sizeBytes > maxBytes) {
    if ('destroy' in body) body.destroy();
    return undefined;
  }
  return body.transformToByteArray();
}
