import { randomInt, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBody } from '../http-api/listener.ts';
import { callWebEndpoint } from '../iam/index.ts';
import type { Kernel } from '../kernel.ts';
import { ORIGIN_ACCESS_HEADER, signerOf } from '../lambda/origin-access.ts';
import { type Actor, hasToken } from '../permissions/index.ts';
import { type EnvironmentPool, NoEnvironment } from './environment-pool.ts';
import { fail, forward } from './forward.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';
import { rateLimit } from './rate-limit.ts';
import { rejectionOf } from './request-rules.ts';

export interface EndpointSettings {
  readonly name: string;
  readonly arn: string;
  readonly authType: 'ApplicationManaged' | 'IamAuth';
  /** Revisions and the shares of the requests that they get. The weights add up to 100. */
  readonly revisions: readonly { readonly pool: EnvironmentPool; readonly weight: number }[];
  readonly rateLimit?: number;
}

/** An endpoint that listens. */
export interface Endpoint {
  /** `127.0.0.1:port`, the only Host that it accepts. */
  readonly domain: string;
  close(graceMs: number): Promise<void>;
}

const KEEP_ALIVE_MS = 75_000;

/** Opens an endpoint of a web function on its own port. */
export async function openEndpoint(settings: EndpointSettings, kernel: Kernel): Promise<Endpoint> {
  const admits = rateLimit(settings.rateLimit);
  let domain = '';
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, { settings, kernel, domain, admits }).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else
        fail(
          response,
          error instanceof NoEnvironment ? error.status : 500,
          (error as Error).message,
        );
    });
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, onRequest);
  server.maxHeadersCount = 0;
  // Without a listener, Node would ask for the body by itself.
  server.on('checkContinue', onRequest);
  // As on AWS, a request with too many bytes of headers gets no answer.
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  domain = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    domain,
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Context {
  readonly settings: EndpointSettings;
  readonly kernel: Kernel;
  readonly domain: string;
  readonly admits: () => boolean;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { settings, kernel, domain, admits }: Context,
): Promise<void> {
  const requestId = randomUUID();
  const isSigned = settings.authType === 'IamAuth';
  const rejection = rejectionOf(request, domain);
  if (rejection) return fail(response, rejection.status, rejection.message);
  if (isSigned && !mayInvoke(request, settings.arn, kernel)) {
    return fail(response, 403, 'Forbidden');
  }
  if (!admits())
    return fail(response, NOT_DOCUMENTED.throttledStatus, 'The rate limit is exceeded.');
  // Half duplex: the application gets the request when its body is complete.
  const body = await readBody(request, NOT_DOCUMENTED.maxRequestBytes);
  if (!body) return fail(response, 413, 'The request is too large.');
  const pool = chosen(settings.revisions);
  const place = await pool.acquire();
  kernel.operations.add({
    service: 'lambda',
    operation: 'InvokeWebFunctionEndpoint',
    resource: pool.revision.logicalId,
    stack: pool.revision.stack,
  });
  const { port } = place;
  const { timeoutMs } = pool.revision;
  try {
    const endpointName = settings.name;
    await forward(request, response, { port, body, timeoutMs, requestId, endpointName, isSigned });
  } finally {
    place.release();
  }
}

/** Chooses a revision by the weights. */
function chosen(revisions: EndpointSettings['revisions']): EnvironmentPool {
  let remaining = randomInt(100);
  const found = revisions.find(({ weight }) => {
    remaining -= weight;
    return remaining < 0;
  });
  if (!found) throw new NoEnvironment(502, 'The endpoint has no revision.');
  return found.pool;
}

/** Whether the policies admit the signer of a request: a distribution, or the owner of an access key. */
function mayInvoke(request: IncomingMessage, endpointArn: string, kernel: Kernel): boolean {
  const { headers } = request;
  const distributionArn = signerOf(headers[ORIGIN_ACCESS_HEADER]);
  const { permissions } = kernel;
  if (distributionArn !== undefined) {
    const cdn = permissions.service('cloudfront.amazonaws.com', distributionArn);
    return cdn.may(callWebEndpoint(endpointArn));
  }
  // Required of every signed request, also without a body (README of the CDK's WebFunction).
  if (headers['x-amz-content-sha256'] === undefined) return false;
  return ownerOf(request, kernel)?.may(callWebEndpoint(endpointArn)) ?? false;
}

/** As at the other services, the access key and the session token identify the caller. */
function ownerOf({ headers }: IncomingMessage, { permissions }: Kernel): Actor | undefined {
  const key = /Credential=([^/\s]+)\//.exec(headers.authorization ?? '')?.[1];
  const session = key === undefined ? undefined : permissions.sessionOf(key);
  const token = headers['x-amz-security-token'];
  if (!session || Array.isArray(token) || !hasToken(session.credentials, token)) return undefined;
  return session;
}
