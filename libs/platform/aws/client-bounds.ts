/** Attempts per call, including the first. The SDK waits between them, with backoff and jitter. */
const MAX_ATTEMPTS = 3;
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** Timeouts and retries for every client. The SDK keeps connections alive by default. */
export function clientBounds(requestTimeoutMs: number = REQUEST_TIMEOUT_MS) {
  return {
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: requestTimeoutMs,
      // Without this, the SDK only logs a warning when a request takes too long.
      throwOnRequestTimeout: true,
    },
  };
}

const closers = new Set<() => void>();

/** Creates the client on first use and then returns the same one, so that the process shares its connections. */
export function oncePerProcess<Client extends { destroy(): void }>(
  create: () => Client,
): () => Client {
  let client: Client | undefined;
  closers.add(() => {
    client?.destroy();
    client = undefined;
  });
  return () => {
    client ??= create();
    return client;
  };
}

/** Closes the connections of all clients. The next use creates a new client from the current environment. */
export function closeClients(): void {
  for (const close of closers) close();
}
