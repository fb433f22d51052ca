/**
 * What AWS does not document about Lambda Web Functions, as far as could be read by 2026-11-30. Each value is a guess that keeps the
 * shop working on a laptop; none says how AWS behaves.
 */
export const NOT_DOCUMENTED = {
  /** Not documented: after how long without a request an environment ends. */
  idleTimeoutMs: 60_000,
  /** Not documented: how long a request waits for an environment that starts or for a free place. */
  maxWaitMs: 30_000,
  /** Not documented: the status of a request beyond `maxEnvironments` or `rateLimit`. Its error type is not sent. */
  throttledStatus: 429,
  /** Not documented: the largest body of a request. A response has no limit here. */
  maxRequestBytes: 64 * 1024 * 1024,
  /** The documents contradict each other (500 or 502): the status when the server never listens. */
  neverListenedStatus: 502,
  /** The documents contradict each other (417, or the header is removed): the answer to `Expect: 100-continue`. */
  expectStatus: 417,
} as const;
