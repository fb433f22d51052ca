import type { IncomingMessage } from 'node:http';

/** The largest object of one PutObject. AWS allows 5 GB. */
export const MAX_S3_BODY_BYTES = 50 * 1024 * 1024;
/** The largest body for all other services. DynamoDB's BatchWriteItem allows 16 MB on AWS. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** A larger body is read up to this multiple of the maximum, so that its sender gets the error. */
const DISCARD_FACTOR = 4;

/**
 * Reads a whole request body.
 * @returns undefined when it is larger than `maxBytes`
 * @throws Error when the client disconnects before the end
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks = [];
      if (bytes > maxBytes * DISCARD_FACTOR) resolve(undefined);
    });
    request.on('end', () => resolve(bytes > maxBytes ? undefined : Buffer.concat(chunks, bytes)));
    request.on('close', () =>
      reject(new Error('The client disconnected before the end of the body')),
    );
    request.on('error', reject);
  });
}
