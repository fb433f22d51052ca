import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { CommonConfig, TelemetryConfig } from '../config/index.ts';
import { closeServer } from '../http/close-server.ts';
import {
  currentLogger,
  flushSpans,
  startProcessTelemetry,
} from '../telemetry/process-telemetry.ts';
import type { Loop } from './loop.ts';

export interface ContainerOptions {
  readonly config: TelemetryConfig & Pick<CommonConfig, 'PORT'>;
  readonly app: FastifyInstance;
  readonly loops?: readonly Loop[];
}

/** From the signal to the end of the process. ECS sends SIGKILL after its own, longer, timeout. */
const STOP_TIMEOUT_MS = 8_000;
/** A load balancer keeps sending requests until its next readiness check. */
const LINGER_MS = 500;

/**
 * Listens and starts the loops. Resolves when the service accepts requests. SIGTERM or SIGINT shuts it down gracefully.
 * @throws Error when the port cannot be bound, or a loop does not start
 */
export async function runContainer(options: ContainerOptions): Promise<void> {
  const { config, app, loops = [] } = options;
  startProcessTelemetry(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop(app, loops, signal));
  }
  await app.listen({ host: '0.0.0.0', port: config.PORT });
  for (const loop of loops) await loop.start();
  currentLogger().info({ port: config.PORT }, 'listening');
}

async function stop(app: FastifyInstance, loops: readonly Loop[], signal: string): Promise<void> {
  currentLogger().info({ signal }, 'stopping');
  app.readiness.stopping = true;
  const timer = setTimeout(() => {
    currentLogger().error('did not stop in time');
    process.exit(1);
  }, STOP_TIMEOUT_MS);
  timer.unref();
  try {
    await Promise.all([...loops.map((loop) => loop.stop()), wait(LINGER_MS)]);
    await closeServer(app);
  } catch (err) {
    currentLogger().error({ err }, 'did not stop cleanly');
  }
  await flushSpans();
  process.exit(0);
}
