import type { IncomingMessage } from 'node:http';

const MB = 1024 * 1024;
/** The largest body that any service accepts. */
export const MAX_BODY_BYTES = 50 * MB;
const MAX_BYTES: Record<string, number> = {
  // AWS allows 5 GB for one PutObject.
  s3: MAX_BODY_BYTES,
  dynamodb: 16 * MB,
  // Lambda has its own error for larger payloads.
  lambda: MAX_BODY_BYTES,
};
const OTHER_MAX_BYTES = 2 * MB;

/** The largest body of a request to a service. */
export function maxBodyBytes(service: string): number {
  return MAX_BYTES[service] ?? OTHER_MAX_BYTES;
}

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
    request.on('close', () => {
      // Every request closes. Creating an error is expensive.
      if (!request.readableEnded) {
        reject(new Error('The client disconnected before the end of the body'));
      }
    });
    request.on('error', reject);
  });
}
