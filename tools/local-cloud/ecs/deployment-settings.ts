/** The members of `DeploymentConfiguration` that templates use. */
export interface DeploymentConfiguration {
  readonly MinimumHealthyPercent?: number;
  readonly MaximumPercent?: number;
  readonly DeploymentCircuitBreaker?: { readonly Enable?: boolean; readonly Rollback?: boolean };
}

export interface DeploymentSettings {
  readonly circuitBreaker: boolean;
}

/** The bounds of the circuit breaker's limit, and its share of the desired count. */
const LEAST_FAILURES = 3;
const MOST_FAILURES = 200;
const FAILING_SHARE = 0.5;
/** Without a circuit breaker, ECS starts tasks forever. A local start must end. */
const FAILURES_WITHOUT_BREAKER = 5;

/**
 * Reads the settings of a rolling update that starts all new tasks before it ends an old one.
 * @param where `stack/logicalId`, for messages
 * @throws Error that names a member or value which the local cloud cannot honour
 */
export function readDeploymentSettings(
  where: string,
  configuration: DeploymentConfiguration,
): DeploymentSettings {
  const {
    MinimumHealthyPercent = 100,
    MaximumPercent = 200,
    DeploymentCircuitBreaker: breaker = {},
    ...unknown
  } = configuration;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new Error(`${where}: unsupported: ${name}`);
  if (Number(MinimumHealthyPercent) !== 100) {
    throw new Error(`${where}: MinimumHealthyPercent must be 100 here`);
  }
  if (Number(MaximumPercent) < 200) {
    throw new Error(`${where}: MaximumPercent must be 200 or more here`);
  }
  return { circuitBreaker: breaker.Enable === true };
}

/**
 * The number of lost tasks at which a deployment fails: `3 <= 0.5 × desired count <= 200`, rounded up.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function failureLimit({ circuitBreaker }: DeploymentSettings, desiredCount: number): number {
  if (!circuitBreaker) return FAILURES_WITHOUT_BREAKER;
  const share = Math.ceil(FAILING_SHARE * desiredCount);
  return Math.min(MOST_FAILURES, Math.max(LEAST_FAILURES, share));
}
