/** Attempts per call, the first included; the SDK waits with jitter in between. */
const MAX_ATTEMPTS = 3;
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 5_000;

/** Bounds that every client shares. Connections are kept alive, which is the SDK's default. */
export function clientBounds(requestTimeoutMs: number = REQUEST_TIMEOUT_MS) {
  return {
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: requestTimeoutMs,
      // Without this the SDK only logs a warning when a request takes too long.
      throwOnRequestTimeout: true,
    },
  };
}

/** Makes the client on first use and keeps it: its connections are worth sharing. */
export function oncePerProcess<Client>(create: () => Client): () => Client {
  let client: Client | undefined;
  return () => {
    client ??= create();
    return client;
  };
}
