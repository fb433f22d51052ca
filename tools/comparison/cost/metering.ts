/** AWS's metering rules, each with its source. */

/** The hours of a month in AWS's examples and calculator. */
export const HOURS_PER_MONTH = 730;
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

const KIB = 1024;

/** Billed milliseconds of one invocation: rounded up to 1 ms, INIT included (https://aws.amazon.com/lambda/pricing/). */
export function billedMs(handlerMs: number, initMs = 0): number {
  return Math.ceil(handlerMs + initMs);
}

/** GB-seconds of a function's invocations. The share `coldShare` of them also pays for INIT. */
export function gbSeconds(options: {
  readonly invocations: number;
  readonly memoryMb: number;
  readonly ms: number;
  readonly initMs: number;
  readonly coldShare: number;
}): number {
  const { invocations, memoryMb, ms, initMs, coldShare } = options;
  const meanMs = coldShare * billedMs(ms, initMs) + (1 - coldShare) * billedMs(ms);
  return (invocations * meanMs * memoryMb) / (1000 * KIB);
}

/**
 * The share of invocations that provisioned sandboxes serve, if invocations arrive at random: one minus the probability that
 * all of them are busy (the Erlang loss formula). The others run on demand, and may start cold.
 * @param load mean number of invocations at work: their rate times their duration
 */
export function provisionedShare(load: number, sandboxes: number): number {
  if (sandboxes === 0) return 0;
  let blocked = 1;
  for (let n = 1; n <= sandboxes; n++) blocked = (load * blocked) / (n + load * blocked);
  return 1 - blocked;
}

/** An HTTP API meters calls in units of 512 KB (https://aws.amazon.com/api-gateway/pricing/). */
export function meteredCalls(calls: number, bytesPerCall: number): number {
  return calls * Math.max(1, Math.ceil(bytesPerCall / (512 * KIB)));
}

/** EventBridge and SQS meter payloads in units of 64 KB (https://aws.amazon.com/eventbridge/pricing/). */
export function payloadPieces(count: number, bytes: number): number {
  return count * Math.max(1, Math.ceil(bytes / (64 * KIB)));
}

/** Write request units. Writes in a transaction count twice, their index copies do not (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
export function writeRequestUnits(plain: number, inTransactions: number): number {
  return plain + 2 * inTransactions;
}

/** Mean hourly traffic of a load balancer. */
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
    // AWS's examples count 1 GB as 10^9 bytes.
    processedBytes: (traffic.bytesPerSecond * 3600) / 1e9,
    // The first ten rules of a request are free.
    ruleEvaluations: (traffic.requestsPerSecond * Math.max(0, traffic.rules - 10)) / 1000,
  };
  return { ...dimensions, units: Math.max(...Object.values(dimensions)) };
}

/** Empty receives per month. Each waits `waitSeconds` and is billed like any other request. */
export function emptyPolls(pollers: number, waitSeconds: number): number {
  return (pollers * SECONDS_PER_MONTH) / waitSeconds;
}

/**
 * The number of tasks that keeps a service at its target utilization.
 * @param cpuPerSecond CPU seconds that the service needs per second
 */
export function tasksFor(
  cpuPerSecond: number,
  task: { readonly vcpu: number; readonly targetUtilization: number; readonly minTasks: number },
): number {
  return Math.max(task.minTasks, Math.ceil(cpuPerSecond / (task.vcpu * task.targetUtilization)));
}

/**
 * The share of invocations that start a new sandbox. It is the probability that a gap between Poisson arrivals exceeds
 * `keepWarmSeconds`, but at least the share measured under load.
 */
export function coldShareAt(
  perSecond: number,
  options: { readonly keepWarmSeconds: number; readonly underLoad: number },
): number {
  return Math.max(options.underLoad, Math.exp(-perSecond * options.keepWarmSeconds));
}
