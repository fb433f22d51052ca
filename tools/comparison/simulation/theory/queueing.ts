/**
 * Formulas of queueing theory, against which the simulator is tested (Kleinrock, "Queueing Systems", volume 1, 1975). Rates are
 * per millisecond, times in milliseconds.
 */

/** The mean time in an M/M/1 queue, waiting and service together. */
export function mm1TimeMs(arrivalRate: number, serviceRate: number): number {
  return 1 / (serviceRate - arrivalRate);
}

/** Erlang's B formula: the share of calls that are lost when `servers` have `load` erlangs and nobody waits. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

/** Erlang's C formula: the share of calls that wait. The load is below the number of servers. */
export function erlangC(servers: number, load: number): number {
  const blocked = erlangB(servers, load);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/** The mean wait in an M/M/c queue. */
export function mmcWaitMs(servers: number, arrivalRate: number, serviceRate: number): number {
  const load = arrivalRate / serviceRate;
  return erlangC(servers, load) / (servers * serviceRate - arrivalRate);
}

/** The mean wait in an M/G/1 queue (Pollaczek and Khinchine). @param cv the service times' coefficient of variation */
export function mg1WaitMs(arrivalRate: number, meanServiceMs: number, cv: number): number {
  const utilization = arrivalRate * meanServiceMs;
  return (utilization * meanServiceMs * (1 + cv ** 2)) / (2 * (1 - utilization));
}

/** The mean time in an M/G/1 queue with a shared processor: it depends on the mean of the service times alone. */
export function sharedTimeMs(arrivalRate: number, meanServiceMs: number): number {
  return meanServiceMs / (1 - arrivalRate * meanServiceMs);
}

/**
 * The share of requests that start cold when a single sandbox stays warm for a fixed time and the requests are a Poisson
 * process: the share of gaps that are longer. Renewal theory; service times are short against the gaps.
 */
export function coldShareOfPoisson(arrivalRate: number, keepAliveMs: number): number {
  return Math.exp(-arrivalRate * keepAliveMs);
}
