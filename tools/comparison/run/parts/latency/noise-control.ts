import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A server whose work is always the same, so that what changes about its answers is the machine's. */
export interface NoiseControl {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** Starts a plain `node:http` server in a thread of its own. */
export async function startNoiseControl(): Promise<NoiseControl> {
  const worker = new Worker(new URL('./plain-server.ts', import.meta.url));
  const [port] = (await once(worker, 'message')) as [number];
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    stop: async () => {
      await worker.terminate();
    },
  };
}
