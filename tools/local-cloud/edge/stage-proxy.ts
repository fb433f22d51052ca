import http from 'node:http';
import { type Listener, listen } from '../http-api/listener.ts';
import { proxy } from '../load-balancer/index.ts';

/** Longer than any gateway waits for its function. */
const idleTimeoutMs = 35_000;

export interface StageProxySettings {
  /** Address of a REST API's stage. */
  readonly stageUrl: string;
  readonly port: number;
  readonly address: string;
}

/**
 * LocalStack decodes a picture only for who asks for pictures first; API Gateway does for everybody, when all types are
 * binary. So whoever takes anything takes pictures first.
 */
export function picturesFirst(accept = '*/*'): string {
  return accept.includes('*/*') && !accept.startsWith('image/') ? `image/*,${accept}` : accept;
}

/**
 * Stands where a custom domain of API Gateway would: the same paths without the stage, and nothing else done to requests
 * but what LocalStack lacks ({@link picturesFirst}).
 */
export async function openStageProxy(settings: StageProxySettings): Promise<Listener> {
  const { hostname, port, pathname } = new URL(settings.stageUrl);
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 64 });
  const how = {
    agent,
    idleTimeoutMs,
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
      request.headers.accept = picturesFirst(request.headers.accept);
      proxy(request, response, { ...stage }, how);
    },
    settings.address,
  );
  return {
    ...listener,
    async close(graceMs) {
      await listener.close(graceMs);
      agent.destroy();
    },
  };
}
