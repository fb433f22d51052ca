import type { IncomingMessage } from 'node:http';

/** The largest object that one PutObject may carry here; AWS allows 5 GB. */
export const MAX_S3_BODY_BYTES = 50 * 1024 * 1024;
/**
 * For every other service; the largest real one is DynamoDB's BatchWriteItem of 16 MB, which nobody
 * here sends.
 */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * How far beyond the maximum a body is read (and thrown away), so that its sender gets to see the
 * refusal.
 */
const DISCARD_FACTOR = 4;

/**
 * Reads a whole request body.
 * @returns undefined when it is larger than `maxBytes`
 * @throws Error when the client goes away in the middle
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
    request.on('close', () => reject(new Error('The client went away before its body was read')));
    request.on('error', reject);
  });
}
