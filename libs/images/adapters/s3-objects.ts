import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';

/**
 * Whether S3 says that there is no such object: `NoSuchKey` to a GET, `NotFound` to a HEAD. Without
 * s3:ListBucket on the bucket S3 answers 403 instead, which is an error here: it would hide a
 * missing grant behind 404s.
 */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}

/** Runs a read and turns "no such object" into undefined. */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The body of a GetObject; undefined, and the connection dropped, when it is larger than `maxBytes`. */
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
