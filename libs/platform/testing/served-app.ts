import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { type AppOptions, buildApp } from '../http/index.ts';
import { webFunction } from '../web-function/index.ts';

export interface ServedApp {
  /** Where the application listens. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves an application as a Web Function does, on a free port of the loopback interface. Admits every request. */
export async function serveApp(options: AppOptions): Promise<ServedApp> {
  vi.stubEnv('AWS_LAMBDA_HTTP_ENDPOINT', '127.0.0.1:0');
  vi.stubEnv('EDGE_ACCESS', 'iam');
  const signals = ['SIGTERM', 'SIGINT'] as const;
  const earlier = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const { admits, serve } = await webFunction(options.config);
  vi.unstubAllEnvs();
  const app = await buildApp({ ...options, admits });
  await serve(app);
  const { port } = app.server.address() as AddressInfo;
  const stop = async () => {
    for (const signal of signals) {
      for (const listener of process.listeners(signal)) {
        if (!earlier.has(listener)) process.off(signal, listener);
      }
    }
    app.server.closeAllConnections();
    await app.close();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** A promise for each of `count` callers. They resolve together, when the last has called. */
export function meetingOf(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let present = 0;
  return () => {
    present += 1;
    if (present === count) resolve();
    return promise;
  };
}
