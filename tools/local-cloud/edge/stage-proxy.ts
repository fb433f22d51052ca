import http from 'node:http';
import { type Listener, listen } from '../http-api/listener.ts';
import { proxy } from '../load-balancer/index.ts';

/** Longer than the longest integration timeout of a gateway. */
const IDLE_TIMEOUT_MS = 35_000;
/** Shorter than servers keep an idle connection, so that none closes while a request is on its way. */
const KEEP_ALIVE_MS = 3_000;

export interface StageProxySettings {
  /** URL of a REST API's stage. */
  readonly stageUrl: string;
  readonly port: number;
  readonly address: string;
}

/**
 * Puts images first in an Accept header that accepts every type. LocalStack decodes a base64 image
 * only when an image type comes first. API Gateway always decodes when all types are binary.
 */
export function preferImages(accept = '*/*'): string {
  return accept.includes('*/*') && !accept.startsWith('image/') ? `image/*,${accept}` : accept;
}

/**
 * Opens a port in front of a stage, like a custom domain of API Gateway: same paths, without the
 * stage. The only other change to requests is {@link preferImages}.
 */
export async function openStageProxy(settings: StageProxySettings): Promise<Listener> {
  const { hostname, port, pathname } = new URL(settings.stageUrl);
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: KEEP_ALIVE_MS });
  const proxySettings = {
    agent,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    dropsInvalidHeaders: false,
    pathPrefix: pathname.replace(/\/$/, ''),
  };
  const stage = {
    host: hostname,
    port: Number(port || 80),
    state: 'healthy',
    inFlight: 0,
  } as const;
  const listener = await listen(
    settings.port,
    (request, response) => {
      request.on('error', () => response.destroy());
      request.headers.accept = preferImages(request.headers.accept);
      proxy(request, response, { ...stage }, proxySettings);
    },
    { address: settings.address },
  );
  return {
    ...listener,
    async close(graceMs) {
      await listener.close(graceMs);
      agent.destroy();
    },
  };
}
