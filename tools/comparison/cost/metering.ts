/** How AWS turns what happened into what it bills. Sources stand at each rule. */

/** AWS bills by the hour; a month of its own examples and calculator has 730 of them. */
export const hoursPerMonth = 730;
export const secondsPerMonth = hoursPerMonth * 3600;

const KiB = 1024;

/** Billed milliseconds of one invocation: rounded up to 1 ms, INIT included (https://aws.amazon.com/lambda/pricing/). */
export function billedMs(handlerMs: number, initMs = 0): number {
  return Math.ceil(handlerMs + initMs);
}

/** GB-seconds of `invocations` of a function, of which `coldShare` also pay for INIT. */
export function gbSeconds(options: {
  readonly invocations: number;
  readonly memoryMb: number;
  readonly ms: number;
  readonly initMs: number;
  readonly coldShare: number;
}): number {
  const { invocations, memoryMb, ms, initMs, coldShare } = options;
  const meanMs = coldShare * billedMs(ms, initMs) + (1 - coldShare) * billedMs(ms);
  return (invocations * meanMs * memoryMb) / (1000 * KiB);
}

/** An HTTP API meters a call in pieces of 512 KB (https://aws.amazon.com/api-gateway/pricing/). */
export function meteredCalls(calls: number, bytesPerCall: number): number {
  return calls * Math.max(1, Math.ceil(bytesPerCall / (512 * KiB)));
}

/** EventBridge and SQS count a payload in pieces of 64 KB (https://aws.amazon.com/eventbridge/pricing/). */
export function payloadPieces(count: number, bytes: number): number {
  return count * Math.max(1, Math.ceil(bytes / (64 * KiB)));
}

/** Write request units: those in a transaction count twice, their copies in indexes do not (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
export function writeRequestUnits(plain: number, inTransactions: number): number {
  return plain + 2 * inTransactions;
}

/** Traffic of a load balancer, as a mean over the hour. */
export interface BalancerTraffic {
  readonly newConnectionsPerSecond: number;
  readonly connectionSeconds: number;
  readonly bytesPerSecond: number;
  readonly requestsPerSecond: number;
  readonly rules: number;
}

/** The four dimensions of a load balancer capacity unit; the largest is billed (https://aws.amazon.com/elasticloadbalancing/pricing/). */
export function capacityUnits(traffic: BalancerTraffic) {
  const dimensions = {
    newConnections: traffic.newConnectionsPerSecond / 25,
    activeConnections: (traffic.newConnectionsPerSecond * traffic.connectionSeconds) / 3000,
    // Its examples count 1 GB as 10^9 bytes.
    processedBytes: (traffic.bytesPerSecond * 3600) / 1e9,
    // The first ten rules of a request are free.
    ruleEvaluations: (traffic.requestsPerSecond * Math.max(0, traffic.rules - 10)) / 1000,
  };
  return { ...dimensions, units: Math.max(...Object.values(dimensions)) };
}

/** Receives that find nothing, a month: each waits `waitSeconds` and is billed like any other request. */
export function emptyPolls(pollers: number, waitSeconds: number): number {
  return (pollers * secondsPerMonth) / waitSeconds;
}

/**
 * Whole tasks that keep a service at its target utilization.
 * @param cpuPerSecond processor seconds the service needs in one second
 */
export function tasksFor(
  cpuPerSecond: number,
  task: { readonly vcpu: number; readonly targetUtilization: number; readonly minTasks: number },
): number {
  return Math.max(task.minTasks, Math.ceil(cpuPerSecond / (task.vcpu * task.targetUtilization)));
}

/**
 * Share of invocations that start a new sandbox: none is kept warm when requests are rarer than `keepWarmSeconds`
 * (gaps of a Poisson process), and never fewer than was seen under load.
 */
export function coldShareAt(
  perSecond: number,
  options: { readonly keepWarmSeconds: number; readonly underLoad: number },
): number {
  return Math.max(options.underLoad, Math.exp(-perSecond * options.keepWarmSeconds));
}
