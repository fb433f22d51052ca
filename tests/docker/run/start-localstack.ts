import { LocalstackContainer } from '@testcontainers/localstack';

/** The last release that needs no token, as in docker-compose.yml. */
const image = process.env.TRIPTYCH_LOCALSTACK_IMAGE || 'localstack/localstack:4.14.0';
const startupTimeoutMs = 120_000;

/**
 * Starts a LocalStack for the contract suites: no functions run in it, so it needs no way to the engine.
 * @returns its address, on any free port
 */
export async function startLocalStack(): Promise<{ url: string; stop(): Promise<void> }> {
  const token = process.env.LOCALSTACK_AUTH_TOKEN;
  const container = await new LocalstackContainer(image)
    .withEnvironment({
      // As strict as AWS, as in docker-compose.yml.
      S3_SKIP_SIGNATURE_VALIDATION: '0',
      DISABLE_EVENTS: '1',
      DYNAMODB_IN_MEMORY: '1',
      ...(token ? { LOCALSTACK_AUTH_TOKEN: token } : {}),
    })
    .withStartupTimeout(startupTimeoutMs)
    .start();
  const url = new URL(container.getConnectionUri());
  // A bucket in front of `localhost` would need a name server that knows it; in front of an address the SDK puts none.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return {
    url: url.origin,
    stop: async () => {
      await container.stop({ timeout: 10_000, removeVolumes: true });
    },
  };
}
