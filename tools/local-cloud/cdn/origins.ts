import http, { type IncomingHttpHeaders } from 'node:http';
import { readOrigin, revealsMissing } from '../iam/index.ts';
import type { Kernel } from '../kernel.ts';
import { ORIGIN_ACCESS_HEADER, originAccess } from '../lambda/origin-access.ts';
import type { LocalNetwork } from '../network/index.ts';
import type { Actor } from '../permissions/index.ts';
import type { OriginRequest } from './origin-request.ts';
import type { VpcOriginTarget } from './registries.ts';
import type { CdnResponse } from './viewer-request.ts';

/** Sends a request to an origin. Rejects when the origin cannot be reached. */
export type Origin = (request: OriginRequest, body: Buffer) => Promise<CdnResponse>;

/** CloudFront's default origin response timeout. */
const TIMEOUT_MS = 30_000;
/** CloudFront's default keep-alive timeout. Origins keep idle connections open for longer. */
const KEEP_ALIVE_MS = 5_000;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

const CONNECTION_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

function endToEndHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.includes(name));
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

/** S3's answer for a forbidden object, and for a missing one to a caller that may not list. */
export function accessDenied(): CdnResponse {
  const body = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>';
  return {
    status: 403,
    headers: { 'content-type': 'application/xml', server: 'AmazonS3' },
    body: Buffer.from(body),
  };
}

/** S3's answer for a missing object, to a caller that may list the bucket. */
function noSuchKey(): CdnResponse {
  const body = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code></Error>';
  return { ...accessDenied(), status: 404, body: Buffer.from(body) };
}

/**
 * Creates the origin for a bucket. A missing object is a 403 unless the caller may list the bucket.
 * @param caller the distribution, or nobody known without origin access control
 */
export function bucketOrigin(
  { name, originPath }: BucketOriginSettings,
  kernel: Kernel,
  caller: Actor,
): Origin {
  const bucketArn = kernel.arn('s3', name);
  const listing = revealsMissing('s3', 'GetObject', { Bucket: name });
  return async ({ method, url, headers: conditions }) => {
    const key = decodeURIComponent(originPath + (url.split('?', 1)[0] ?? '')).slice(1);
    const reads = method === 'GET' || method === 'HEAD';
    if (!reads || !caller.may(readOrigin(bucketArn, key))) return accessDenied();
    const found = kernel.services.s3.get(name, key);
    if (!found) return caller.may(listing ? [listing] : []) ? noSuchKey() : accessDenied();
    const headers: Record<string, string> = { server: 'AmazonS3' };
    for (const [name, value] of Object.entries(found.headers)) {
      if (!CONNECTION_HEADERS.includes(name.toLowerCase())) headers[name.toLowerCase()] = value;
    }
    const unchanged = headers.etag !== undefined && conditions['if-none-match'] === headers.etag;
    if (unchanged) return { status: 304, headers, body: Buffer.alloc(0) };
    return { status: 200, headers, body: found.body };
  };
}

export interface BucketOriginSettings {
  readonly name: string;
  readonly originPath: string;
  /** Whether the distribution signs its requests. */
  readonly hasAccessControl: boolean;
}

export interface HttpOriginSettings {
  /** `127.0.0.1:port` */
  readonly domainName: string;
  readonly originPath: string;
  readonly customHeaders: Readonly<Record<string, string>>;
  /** How the distribution signs its requests, for a function URL or a web function that checks signatures. */
  readonly signing: 'always' | 'always-amz-auth' | undefined;
  /** Address to connect to instead of the domain name. Host stays the domain name. */
  readonly connectTo?: { readonly hostname: string; readonly port: string };
  /** Set for a load balancer behind a VPC origin. */
  readonly vpcOrigin?: VpcOriginTarget | undefined;
}

/** The network does not let the request reach the origin. On AWS it would time out. */
export class OriginOutOfReach extends Error {
  override readonly name = 'OriginOutOfReach';
}

/** Creates origins. The edge has its own, for buckets and functions outside this process. */
export interface OriginFactory {
  bucket(settings: BucketOriginSettings): Origin;
  http(settings: HttpOriginSettings): Origin;
}

/**
 * Creates the origins of one distribution in this local cloud.
 * @param network decides whether VPC origins reach their load balancers. Without one, all do
 */
export function localOrigins(
  kernel: Kernel,
  distributionArn: string,
  network?: LocalNetwork,
): OriginFactory {
  const { permissions } = kernel;
  const distribution = permissions.service('cloudfront.amazonaws.com', distributionArn);
  return {
    bucket: (settings) =>
      bucketOrigin(
        settings,
        kernel,
        settings.hasAccessControl ? distribution : permissions.anonymous,
      ),
    http: (settings) =>
      network && settings.vpcOrigin
        ? vpcOrigin(settings, settings.vpcOrigin, network)
        : httpOrigin(settings, distributionArn),
  };
}

/** Creates the origin for a load balancer that only its network reaches. */
function vpcOrigin(
  settings: HttpOriginSettings,
  { balancerArn, port }: VpcOriginTarget,
  network: LocalNetwork,
): Origin {
  const inside = String(network.balancer(balancerArn).insidePort);
  const origin = httpOrigin({ ...settings, connectTo: { hostname: '127.0.0.1', port: inside } });
  return async (request, body) => {
    const fault = network.originFault(balancerArn, port);
    if (fault) throw new OriginOutOfReach(fault);
    return origin(request, body);
  };
}

/**
 * Creates the origin for a function URL or a load balancer, over keep-alive connections.
 * @param distributionArn the distribution that signs the requests. Absent outside this local cloud
 */
export function httpOrigin(settings: HttpOriginSettings, distributionArn?: string): Origin {
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: KEEP_ALIVE_MS });
  const { hostname, port } = settings.connectTo ?? new URL(`http://${settings.domainName}`);
  const own = {
    ...settings.customHeaders,
    ...signature(settings.signing, distributionArn),
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
          const kept = endToEndHeaders(response.headers);
          const length = response.headers['content-length'];
          // The answer to a HEAD has no body, so its length comes from the header.
          if (method === 'HEAD' && length) kept['content-length'] = length;
          resolve({ status, headers: kept, body: Buffer.concat(chunks) });
        });
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', reject);
      request.end(body);
    });
}

function signature(behaviour: HttpOriginSettings['signing'], distributionArn?: string) {
  if (behaviour === undefined || distributionArn === undefined) return {};
  return { [ORIGIN_ACCESS_HEADER]: originAccess({ distributionArn, behaviour }) };
}

/** The methods that fail over, and the only ones that a behaviour with an origin group may allow. */
export const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Fails over to the second origin when the first cannot be reached or answers one of the statuses.
 * Only GET, HEAD and OPTIONS fail over (CloudFront Developer Guide, "Optimize high availability
 * with CloudFront origin failover").
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
