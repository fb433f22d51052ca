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

const ends = new Set<() => void>();

/** Makes the client on first use and keeps it: its connections are worth sharing. */
export function oncePerProcess<Client extends { destroy(): void }>(
  create: () => Client,
): () => Client {
  let client: Client | undefined;
  ends.add(() => {
    client?.destroy();
    client = undefined;
  });
  return () => {
    client ??= create();
    return client;
  };
}

/** Ends the connections of all clients made so far; the next use of one makes it anew, from the environment of then. */
export function closeClients(): void {
  for (const end of ends) end();
}
