import type { FastifyInstance } from 'fastify';
import { loadConfig, type TelemetryConfig } from '../config/index.ts';
import type { Admits } from '../http/admission.ts';
import { closeServer } from '../http/close-server.ts';
import {
  currentLogger,
  flushSpans,
  startProcessTelemetry,
} from '../telemetry/process-telemetry.ts';
import { carriesSecret } from './edge-secret.ts';
import { edgeSecretSettings, webFunctionSettings } from './settings.ts';

/**
 * From the start of the process to the end of the last read. The server must listen within 10 s.
 * AWS Lambda Developer Guide, "Web functions: runtimes"
 */
const READ_UNTIL_MS = 9_000;
/** From the signal to the end of the process. Lambda ends it after 1 s. */
const STOP_TIMEOUT_MS = 900;

export interface WebFunction {
  /** Which requests the service answers. */
  readonly admits: Admits;
  /**
   * Listens where Lambda sends the requests. Resolves when the service accepts them. SIGTERM stops it within 1 s.
   * @throws Error when the port cannot be bound
   */
  readonly serve: (app: FastifyInstance) => Promise<void>;
}

/**
 * Reads the settings of the server. A missing or malformed one ends the process with a message that names it.
 * Requests share the process, as in a container. There are no loops: nothing runs while there is no traffic.
 */
export async function webFunction(config: TelemetryConfig): Promise<WebFunction> {
  startProcessTelemetry(config);
  const { AWS_LAMBDA_HTTP_ENDPOINT, EDGE_ACCESS } = await loadConfig(webFunctionSettings);
  const [host = '', port] = AWS_LAMBDA_HTTP_ENDPOINT.split(':');
  return {
    admits: EDGE_ACCESS === 'iam' ? () => true : await bySecret(),
    serve: async (app) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.once(signal, () => void stop(app, signal));
      }
      app.server.prependListener('request', (request) => {
        request.transport = 'web-function';
      });
      await app.listen({ host, port: Number(port) });
      currentLogger().info({ endpoint: AWS_LAMBDA_HTTP_ENDPOINT }, 'listening');
    },
  };
}

async function bySecret(): Promise<Admits> {
  // The service's secrets were read before this one, and each read may take 8 s.
  const { EDGE_SECRET } = await loadConfig(edgeSecretSettings, { readSecret: readInTime });
  return carriesSecret(EDGE_SECRET);
}

/** Loads the client lazily, like {@link loadConfig}. */
async function readInTime(arn: string): Promise<string> {
  const { readSecretString } = await import('../aws/secrets-manager.ts');
  return readSecretString(arn, Math.max(0, Math.round(READ_UNTIL_MS - performance.now())));
}

async function stop(app: FastifyInstance, signal: string): Promise<void> {
  currentLogger().info({ signal }, 'stopping');
  const timer = setTimeout(() => {
    currentLogger().error('did not stop in time');
    process.exit(1);
  }, STOP_TIMEOUT_MS);
  timer.unref();
  try {
    await closeServer(app);
  } catch (err) {
    currentLogger().error({ err }, 'did not stop cleanly');
  }
  await flushSpans();
  process.exit(0);
}
