import { LocalstackContainer } from '@testcontainers/localstack';
import { mockConfig } from '../step-functions/mocks.ts';

/** The last release that does not require a token, as in docker-compose.yml. */
const image = process.env.TRIPTYCH_LOCALSTACK_IMAGE || 'localstack/localstack:4.14.0';
const STARTUP_TIMEOUT_MS = 120_000;
const MOCKS = '/tmp/step-functions-mocks.json';

/**
 * Starts a LocalStack for the contract suites. It runs no functions, so it does not need the Docker socket.
 * @returns its URL, on a free port
 */
export async function startLocalStack(): Promise<{ url: string; stop(): Promise<void> }> {
  const token = process.env.LOCALSTACK_AUTH_TOKEN;
  const container = await new LocalstackContainer(image)
    .withEnvironment({
      // As strict as AWS, as in docker-compose.yml.
      S3_SKIP_SIGNATURE_VALIDATION: '0',
      DISABLE_EVENTS: '1',
      DYNAMODB_IN_MEMORY: '1',
      SFN_MOCK_CONFIG: MOCKS,
      ...(token ? { LOCALSTACK_AUTH_TOKEN: token } : {}),
    })
    .withCopyContentToContainer([{ content: mockConfig(), target: MOCKS }])
    .withStartupTimeout(STARTUP_TIMEOUT_MS)
    .start();
  const url = new URL(container.getConnectionUri());
  // `bucket.localhost` may not resolve. For an IP address the SDK puts the bucket into the path.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return {
    url: url.origin,
    stop: async () => {
      await container.stop({ timeout: 10_000, removeVolumes: true });
    },
  };
}
