import type { Assumed } from './assumptions.ts';
import {
  type Bill,
  billLines,
  type Quantities,
  sumQuantities,
  total,
  withoutPrice,
} from './bill.ts';
import type { FunctionInventory, Inventory, TaskInventory } from './inventory.ts';
import {
  capacityUnits,
  coldShareAt,
  emptyPolls,
  gbSeconds,
  HOURS_PER_MONTH,
  meteredCalls,
  payloadPieces,
  provisionedShare,
  SECONDS_PER_MONTH,
  tasksFor,
  writeRequestUnits,
} from './metering.ts';
import type { PriceList } from './price-list.ts';
import { webQuantities, webUsage } from './web-functions/usage.ts';
import type { Scenario, Workload } from './workload.ts';

/** The input of a bill. */
export interface MonthOptions {
  readonly inventory: Inventory;
  readonly workload: Workload;
  readonly prices: PriceList;
  readonly scenario: Scenario;
  readonly assumed: Assumed;
}

interface Month extends MonthOptions {
  readonly journeys: number;
}

const GB = 1024 ** 3;

/** Computes the complete bill of one variant for one month. */
export function monthlyBill(options: MonthOptions): Bill {
  const { inventory, prices, scenario, workload } = options;
  const month = { ...options, journeys: scenario.requestsPerMonth / workload.requestsPerJourney };
  const services = inventory.tasks.map((task) => ({ task, ...tasksNeeded(month, task) }));
  const web = webFunctions(month);
  const meanTasks = services.reduce((sum, { billed }) => sum + billed, 0);
  const quantities = sumQuantities(
    ...services.map(({ task, billed }) => containers(month, task, billed)),
    ...inventory.functions.map((one) => functions(month, one)),
    webQuantities(web),
    front(month),
    delivery(month),
    data(month),
    messages(month),
    upkeep(month, meanTasks),
  );
  const lines = billLines(prices, quantities, scenario.freeTier);
  return {
    variant: inventory.variant,
    lines,
    usd: total(lines),
    unpriced: withoutPrice(prices, quantities),
    tasks: Object.fromEntries([
      ...services.map(({ task, peak }) => [task.service, { peak, most: task.maxTasks }]),
      ...web.map(({ service, most, environments }) => [service, { peak: environments.peak, most }]),
    ]),
  };
}

function webFunctions({ inventory, journeys, workload, scenario: { peakToMean }, assumed }: Month) {
  return inventory.webFunctions.flatMap((one) => {
    const work = workload.web[one.service];
    if (!work) return [];
    const usage = webUsage({ one, work, journeys, peakToMean, assumed });
    return [{ ...usage, most: one.maxEnvironments }];
  });
}

function tasksNeeded({ journeys, workload, scenario, assumed }: Month, task: TaskInventory) {
  const cpuMs = workload.cpuMs[task.service] ?? 0;
  const mean = (journeys * cpuMs * assumed.cpuPerVcpu) / 1000 / SECONDS_PER_MONTH;
  const peak = tasksFor(mean * scenario.peakToMean, task);
  if (scenario.scaling === 'peak') return { peak, billed: peak };
  // All traffic arrives in one share of the time; the minimum number of tasks runs during the rest.
  const share = 1 / scenario.peakToMean;
  return { peak, billed: peak * share + task.minTasks * (1 - share) };
}

function containers({ inventory, assumed }: Month, task: TaskInventory, tasks: number): Quantities {
  const hours = tasks * HOURS_PER_MONTH;
  return {
    [`fargate-vcpu-hours-${inventory.architecture}`]: hours * task.vcpu,
    [`fargate-gb-hours-${inventory.architecture}`]: hours * task.memoryGb,
    'public-ipv4-hours': task.publicIp ? hours : 0,
    'sqs-requests': emptyPolls(tasks * task.queues, assumed.containerPollSeconds),
  };
}

function functions(
  { inventory: { architecture }, journeys, workload, scenario, assumed }: Month,
  one: FunctionInventory,
): Quantities {
  const work = workload.functions[one.name];
  const provisioned = {
    [`lambda-provisioned-${architecture}`]:
      (one.provisioned * one.memoryMb * SECONDS_PER_MONTH) / 1024,
  };
  const polls = emptyPolls(one.queues * assumed.functionPollers, assumed.functionPollSeconds);
  if (!work) return { ...provisioned, 'sqs-requests': polls };
  const invocations = journeys * work.perJourney + one.scheduled;
  const { ms, initMs } = work;
  // Traffic that provisioned sandboxes serve is traffic at its peak, when most of it arrives.
  const load = ((invocations / SECONDS_PER_MONTH) * scenario.peakToMean * ms) / 1000;
  const served = invocations * provisionedShare(load, one.provisioned);
  const onDemand = invocations - served;
  const coldShare = coldShareAt(onDemand / SECONDS_PER_MONTH, {
    keepWarmSeconds: assumed.keepWarmSeconds,
    underLoad: workload.coldShareUnderLoad,
  });
  const { memoryMb } = one;
  const perInvocation = { memoryMb, ms, initMs };
  return {
    ...provisioned,
    'lambda-requests': invocations,
    [`lambda-gb-seconds-${architecture}`]: gbSeconds({
      ...perInvocation,
      invocations: onDemand,
      coldShare,
    }),
    [`lambda-provisioned-duration-${architecture}`]: gbSeconds({
      ...perInvocation,
      invocations: served,
      coldShare: 0,
    }),
    'sqs-requests': polls,
    'secret-calls': onDemand * coldShare * one.secrets,
    'log-gb': (invocations * assumed.logBytesPerInvocation) / GB,
  };
}

/** The API gateway, or the load balancers with their public addresses. */
function front({ inventory, journeys, workload, scenario, assumed }: Month): Quantities {
  const { requestsPerMonth } = scenario;
  const bytesPerRequest = workload.bytesOutPerJourney / workload.requestsPerJourney;
  if (inventory.front === 'http-api') {
    return { 'http-api-requests': meteredCalls(requestsPerMonth, bytesPerRequest) };
  }
  // The CDN is billed with what it delivers, and an endpoint has no price of its own.
  if (inventory.front === 'cdn') return {};
  if (inventory.front === 'rest-api') return { 'rest-api-requests': requestsPerMonth };
  const bytes =
    journeys * workload.bytesOutPerJourney + requestsPerMonth * assumed.bytesInPerRequest;
  return sumQuantities(
    ...inventory.loadBalancers.map(({ publicAddresses, rules }) => {
      const { units } = capacityUnits({
        newConnectionsPerSecond: (journeys * assumed.connectionsPerJourney) / SECONDS_PER_MONTH,
        connectionSeconds: assumed.connectionSeconds,
        bytesPerSecond: bytes / SECONDS_PER_MONTH,
        requestsPerSecond: requestsPerMonth / SECONDS_PER_MONTH,
        rules,
      });
      return {
        'load-balancer-hours': HOURS_PER_MONTH,
        'load-balancer-units': units * HOURS_PER_MONTH,
        'public-ipv4-hours': publicAddresses * HOURS_PER_MONTH,
      };
    }),
  );
}

/** Data transfer to the internet. With a CDN, transfer from its origins is free. */
function delivery({ inventory, journeys, workload, scenario }: Month): Quantities {
  const gbOut = (journeys * workload.bytesOutPerJourney) / GB;
  if (!inventory.cdn) return { 'data-out-gb': gbOut };
  return {
    'cdn-requests': scenario.requestsPerMonth,
    'cdn-gb': gbOut,
    'cdn-function-calls': journeys * workload.picturesPerJourney * inventory.cdn.functions,
  };
}

/** Tables and buckets. */
function data({ inventory, journeys, workload, assumed }: Month): Quantities {
  const { operations } = workload;
  const stored = (journeys * assumed.storedBytesPerJourney) / GB;
  return {
    'dynamodb-write-units':
      journeys *
      writeRequestUnits(operations['dynamodb-write'], operations['dynamodb-transact-item']),
    'dynamodb-read-units': journeys * operations['dynamodb-read'],
    'dynamodb-gb-months': stored,
    'dynamodb-backup-gb-months': inventory.tables.some(({ recovery }) => recovery) ? stored : 0,
    's3-gets': journeys * operations['s3-get'],
    's3-puts': journeys * operations['s3-put'],
    's3-gb-months': assumed.pictureGb,
  };
}

function messages({ journeys, workload, assumed }: Month): Quantities {
  const { sqs, events } = workload.operations;
  return {
    'sqs-requests': payloadPieces(journeys * sqs, assumed.eventBytes),
    events: payloadPieces(journeys * events, assumed.eventBytes),
  };
}

/** Costs that do not depend on traffic, and logs. */
function upkeep(month: Month, tasks: number): Quantities {
  const { inventory, journeys, workload, scenario, assumed } = month;
  const copies = inventory.webFunctions.length > 0 ? assumed.webLogCopies : 1;
  const logGb = (copies * journeys * workload.logBytesPerJourney) / GB;
  const invocationGb =
    (journeys *
      Object.values(workload.functions).reduce((sum, { perJourney }) => sum + perJourney, 0) *
      assumed.logBytesPerInvocation) /
    GB;
  return {
    'log-gb': logGb,
    'log-gb-months': (logGb + invocationGb) * assumed.logMonthsKept,
    secrets: inventory.secrets,
    alarms: inventory.alarms,
    dashboards: inventory.dashboards,
    'kms-keys': inventory.kmsKeys,
    firewalls: inventory.firewalls.length,
    'firewall-rules': inventory.firewalls.reduce((sum, { rules }) => sum + rules, 0),
    'firewall-requests': inventory.firewalls.length * scenario.requestsPerMonth,
    'nat-hours': inventory.natGateways * HOURS_PER_MONTH,
    // One call per task start; a task is assumed to run for the whole month.
    'secret-calls': tasks > 0 ? inventory.tasks.reduce((sum, { secrets }) => sum + secrets, 0) : 0,
  };
}
