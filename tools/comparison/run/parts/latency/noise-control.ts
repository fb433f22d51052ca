import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A server whose work never changes, so that changes in its latency come from the machine. */
export interface NoiseControl {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** Starts a plain `node:http` server in its own thread. */
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
