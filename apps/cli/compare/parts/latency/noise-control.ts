import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ShopConnection } from '@triptych/comparison/workloads';

/** A request whose work is always the same, so that what changes about it is the machine's. */
export interface NoiseControl {
  ask(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a plain `node:http` server in a thread of its own. */
export async function startNoiseControl(): Promise<NoiseControl> {
  const worker = new Worker(new URL('./plain-server.ts', import.meta.url));
  const [port] = (await once(worker, 'message')) as [number];
  const connection = new ShopConnection(`http://127.0.0.1:${port}`);
  return {
    ask: async (signal) => {
      await connection.ask({ method: 'GET', path: '/', ...(signal && { signal }) });
    },
    stop: async () => {
      connection.close();
      await worker.terminate();
    },
  };
}
