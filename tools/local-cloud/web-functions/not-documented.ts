/**
 * What AWS does not document about Web Functions, or what its sources contradict. Each value is an assumption of the
 * local cloud. A report that depends on one of them must say "not documented".
 */

/** The label of every value in {@link NOT_DOCUMENTED}. */
export const NOT_DOCUMENTED_LABEL = 'not documented';

export interface WebFunctionAssumptions {
  /** Status of a request that exceeds `RateLimit`, `MaxEnvironments` or the time in the queue. */
  readonly throttleStatus: number;
  /** `lambda-web-error-type` of such a request. */
  readonly throttleErrorType: string;
  /**
   * Largest number of requests at once after a pause, in seconds of the rate limit. The documentation names a rate only.
   */
  readonly burstSeconds: number;
  /** Requests per endpoint that wait for a free place in an environment. */
  readonly maxQueued: number;
  /** Longest wait for a free place. */
  readonly maxQueueMs: number;
  /**
   * Share of all places in use at which another environment starts. AWS says only that Lambda keeps some headroom and
   * moves the limit of an environment by its use of CPU and memory; here the limit is always the configured ceiling.
   */
  readonly scaleOutShare: number;
  /** Whether the request timeout also covers the wait for an environment. */
  readonly timeoutCoversWait: boolean;
  /** Largest request body that IamAuth reads to check its hash. There is no number for any body. */
  readonly maxSignedBodyBytes: number;
  /** Bytes of request headers above which the connection is dropped. AWS gives the number of lines only. */
  readonly maxHeaderBytes: number;
  /** Status when the server exits before it listens, or does not listen in time. The sources say 500 and 502. */
  readonly startFailureStatus: number;
  /** `lambda-web-error-type` of such a request. */
  readonly startFailureErrorType: string;
  /** `lambda-web-error-type` when the process ends during a request. */
  readonly crashErrorType: string;
  /** `lambda-web-error-type` of a request that takes too long. */
  readonly timeoutErrorType: string;
  /** `lambda-web-error-type` of a request that IamAuth rejects. */
  readonly forbiddenErrorType: string;
  /** `lambda-web-error-type` of a request that breaks a rule of the protocol. */
  readonly requestErrorType: string;
  /** `Expect: 100-continue`: one source says that it is answered with 417, another that the header is removed. */
  readonly rejectsExpect: boolean;
  /** Whether a response that the application sends before it closes the connection, amid a body, reaches the caller. */
  readonly deliversEarlyResponse: boolean;
  /** The value of `X-Forwarded-Proto` that the platform sets. Undefined: the header passes unchanged. */
  readonly forwardedProto: string | undefined;
  /** The service in the signature of a request to an endpoint. The control plane signs as `lambda`. */
  readonly signingService: string;
  /** Whether an endpoint with IamAuth accepts `UNSIGNED-PAYLOAD`. */
  readonly acceptsUnsignedPayload: boolean;
  /**
   * Whether a request with a body through an origin access control needs the hash of the body from the viewer, as it
   * does for function URLs.
   */
  readonly viewerHashesBody: boolean;
}

/** The assumptions of the local cloud. Tests replace single ones. */
export const NOT_DOCUMENTED: WebFunctionAssumptions = {
  throttleStatus: 429,
  throttleErrorType: 'Platform.Throttled',
  burstSeconds: 1,
  maxQueued: 1000,
  maxQueueMs: 30_000,
  scaleOutShare: 0.8,
  timeoutCoversWait: false,
  maxSignedBodyBytes: 64 * 1024 * 1024,
  maxHeaderBytes: 256 * 1024,
  startFailureStatus: 502,
  startFailureErrorType: 'Application.InitCodeError',
  crashErrorType: 'Application.Crashed',
  timeoutErrorType: 'Application.TimedOut',
  forbiddenErrorType: 'Platform.Forbidden',
  requestErrorType: 'Platform.InvalidRequest',
  rejectsExpect: true,
  deliversEarlyResponse: true,
  forwardedProto: undefined,
  signingService: 'lambda',
  acceptsUnsignedPayload: false,
  viewerHashesBody: true,
};

/**
 * The idle time after which an environment is removed, in milliseconds. It is not documented either. The local cloud
 * uses the idle time of its sandboxes, so that `limitSandboxes` sets both.
 */
export function idleTimeoutMs({
  sandboxes,
}: {
  readonly sandboxes: { readonly idleTimeoutMs: number };
}): number {
  return sandboxes.idleTimeoutMs;
}
