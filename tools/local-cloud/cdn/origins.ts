import http, { type IncomingHttpHeaders } from 'node:http';
import type { Kernel } from '../kernel.ts';
import { ORIGIN_ACCESS_HEADER, originAccessKey } from '../lambda/origin-access.ts';
import type { OriginRequest } from './origin-request.ts';
import type { CdnResponse } from './viewer-request.ts';

/** Where a distribution gets its answers from; rejects when the origin cannot be reached. */
export type Origin = (request: OriginRequest, body: Buffer) => Promise<CdnResponse>;

/** CloudFront's default origin response time-out. */
const TIMEOUT_MS = 30_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const CONNECTION_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.includes(name));
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

/**
 * The answer of S3 to what the distribution may not see or what is not there: it tells neither
 * apart.
 */
export function accessDenied(): CdnResponse {
  const body = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>';
  return {
    status: 403,
    headers: { 'content-type': 'application/xml', server: 'AmazonS3' },
    body: Buffer.from(body),
  };
}

/** A bucket behind origin access control: objects can be read, a miss is 403. */
export function bucketOrigin(bucket: string, originPath: string, kernel: Kernel): Origin {
  return async ({ method, url, headers: conditions }) => {
    const path = originPath + (url.split('?', 1)[0] ?? '');
    const found =
      method === 'GET' || method === 'HEAD'
        ? kernel.services.s3.get(bucket, decodeURIComponent(path.slice(1)))
        : undefined;
    if (!found) return accessDenied();
    const headers: Record<string, string> = { server: 'AmazonS3' };
    for (const [name, value] of Object.entries(found.headers)) {
      if (!CONNECTION_HEADERS.includes(name.toLowerCase())) headers[name.toLowerCase()] = value;
    }
    const unchanged = headers.etag !== undefined && conditions['if-none-match'] === headers.etag;
    if (unchanged) return { status: 304, headers, body: Buffer.alloc(0) };
    return { status: 200, headers, body: found.body };
  };
}

export interface HttpOriginSettings {
  /** `127.0.0.1:port` */
  readonly domainName: string;
  readonly originPath: string;
  readonly customHeaders: Readonly<Record<string, string>>;
  /** Proves itself to a function URL that lets nobody else in. */
  readonly hasAccessControl: boolean;
  /** Where to connect, when that is not what the domain name leads to; Host stays the domain name. */
  readonly connectTo?: { readonly hostname: string; readonly port: string };
}

/** Makes origins real: whoever has buckets and functions elsewhere brings makers of its own. */
export interface OriginMakers {
  bucket(name: string, originPath: string): Origin;
  http(settings: HttpOriginSettings): Origin;
}

/** Origins in this local cloud. */
export function localOrigins(kernel: Kernel): OriginMakers {
  return { bucket: (name, originPath) => bucketOrigin(name, originPath, kernel), http: httpOrigin };
}

/** A function URL or a load balancer, over kept connections. */
export function httpOrigin(settings: HttpOriginSettings): Origin {
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64 });
  const { hostname, port } = settings.connectTo ?? new URL(`http://${settings.domainName}`);
  const own = {
    ...settings.customHeaders,
    ...(settings.hasAccessControl ? { [ORIGIN_ACCESS_HEADER]: originAccessKey } : {}),
  };
  return ({ method, url, headers }, body) =>
    new Promise((resolve, reject) => {
      const request = http.request({
        agent,
        hostname,
        port,
        method,
        path: settings.originPath + url,
        headers: {
          host: settings.domainName,
          ...headers,
          ...own,
          ...(body.length > 0 || !['GET', 'HEAD', 'OPTIONS'].includes(method)
            ? { 'content-length': body.length }
            : {}),
        },
        timeout: TIMEOUT_MS,
      });
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_BODY_BYTES) request.destroy(new Error('the answer is too large'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          const status = response.statusCode ?? 502;
          const kept = passedOn(response.headers);
          const length = response.headers['content-length'];
          // Of a HEAD the length is all there is of the body.
          if (method === 'HEAD' && length) kept['content-length'] = length;
          resolve({ status, headers: kept, body: Buffer.concat(chunks) });
        });
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', reject);
      request.end(body);
    });
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Asks the second origin when the first fails or answers one of the statuses; only for safe
 * methods.
 */
export function originGroup(primary: Origin, second: Origin, statuses: readonly number[]): Origin {
  return async (request, body) => {
    const safe = SAFE_METHODS.includes(request.method);
    try {
      const response = await primary(request, body);
      if (!safe || !statuses.includes(response.status)) return response;
    } catch (error) {
      if (!safe) throw error;
    }
    return second(request, body);
  };
}
