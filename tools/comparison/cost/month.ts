import type { Assumed } from './assumptions.ts';
import { type Bill, billLines, type Quantities, together, total } from './bill.ts';
import type { FunctionInventory, Inventory, TaskInventory } from './inventory.ts';
import {
  capacityUnits,
  coldShareAt,
  emptyPolls,
  gbSeconds,
  hoursPerMonth,
  meteredCalls,
  payloadPieces,
  secondsPerMonth,
  tasksFor,
  writeRequestUnits,
} from './metering.ts';
import type { PriceList } from './price-list.ts';
import type { Scenario, Workload } from './workload.ts';

/** All that a bill is computed from. */
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

/** The whole bill of one variant for one month. Pure: the same numbers give the same bill. */
export function monthlyBill(options: MonthOptions): Bill {
  const { inventory, prices, scenario, workload } = options;
  const month = { ...options, journeys: scenario.requestsPerMonth / workload.requestsPerJourney };
  const services = inventory.tasks.map((task) => ({ task, ...tasksNeeded(month, task) }));
  const meanTasks = services.reduce((sum, { billed }) => sum + billed, 0);
  const quantities = together(
    ...services.map(({ task, billed }) => containers(month, task, billed)),
    ...inventory.functions.map((one) => functions(month, one)),
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
    tasks: Object.fromEntries(
      services.map(({ task, peak }) => [task.service, { peak, most: task.maxTasks }]),
    ),
  };
}

function tasksNeeded({ journeys, workload, scenario, assumed }: Month, task: TaskInventory) {
  const cpuMs = workload.cpuMs[task.service] ?? 0;
  const mean = (journeys * cpuMs * assumed.cpuPerVcpu) / 1000 / secondsPerMonth;
  const peak = tasksFor(mean * scenario.peakToMean, task);
  if (scenario.scaling === 'peak') return { peak, billed: peak };
  // All traffic comes in one part of the time; in the rest the fewest tasks wait.
  const share = 1 / scenario.peakToMean;
  return { peak, billed: peak * share + task.minTasks * (1 - share) };
}

function containers({ inventory, assumed }: Month, task: TaskInventory, tasks: number): Quantities {
  const hours = tasks * hoursPerMonth;
  return {
    [`fargate-vcpu-hours-${inventory.architecture}`]: hours * task.vcpu,
    [`fargate-gb-hours-${inventory.architecture}`]: hours * task.memoryGb,
    'public-ipv4-hours': task.publicIp ? hours : 0,
    'sqs-requests': emptyPolls(tasks * task.queues, assumed.containerPollSeconds),
  };
}

function functions({ inventory, journeys, workload, assumed }: Month, one: FunctionInventory) {
  const work = workload.functions[one.name];
  const polls = emptyPolls(one.queues * assumed.functionPollers, assumed.functionPollSeconds);
  if (!work) return { 'sqs-requests': polls };
  const invocations = journeys * work.perJourney + one.scheduled;
  const coldShare = coldShareAt(invocations / secondsPerMonth, {
    keepWarmSeconds: assumed.keepWarmSeconds,
    underLoad: workload.coldShareUnderLoad,
  });
  const { ms, initMs } = work;
  return {
    'lambda-requests': invocations,
    [`lambda-gb-seconds-${inventory.architecture}`]: gbSeconds({
      invocations,
      memoryMb: one.memoryMb,
      ms,
      initMs,
      coldShare,
    }),
    'sqs-requests': polls,
    'secret-calls': invocations * coldShare * one.secrets,
    'log-gb': (invocations * assumed.logBytesPerInvocation) / GB,
  };
}

/** Gateway, or load balancers with their addresses. */
function front({ inventory, journeys, workload, scenario, assumed }: Month): Quantities {
  const { requestsPerMonth } = scenario;
  const bytesPerRequest = workload.bytesOutPerJourney / workload.requestsPerJourney;
  if (inventory.front === 'http-api') {
    return { 'http-api-requests': meteredCalls(requestsPerMonth, bytesPerRequest) };
  }
  if (inventory.front === 'rest-api') return { 'rest-api-requests': requestsPerMonth };
  const bytes =
    journeys * workload.bytesOutPerJourney + requestsPerMonth * assumed.bytesInPerRequest;
  return together(
    ...inventory.loadBalancers.map(({ publicAddresses, rules }) => {
      const { units } = capacityUnits({
        newConnectionsPerSecond: (journeys * assumed.connectionsPerJourney) / secondsPerMonth,
        connectionSeconds: assumed.connectionSeconds,
        bytesPerSecond: bytes / secondsPerMonth,
        requestsPerSecond: requestsPerMonth / secondsPerMonth,
        rules,
      });
      return {
        'load-balancer-hours': hoursPerMonth,
        'load-balancer-units': units * hoursPerMonth,
        'public-ipv4-hours': publicAddresses * hoursPerMonth,
      };
    }),
  );
}

/** What leaves for the internet: through the CDN where there is one, which costs its origins nothing. */
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

/** What keeps costing without any traffic, and logs. */
function upkeep({ inventory, journeys, workload, assumed }: Month, tasks: number): Quantities {
  const logGb = (journeys * workload.logBytesPerJourney) / GB;
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
    'kms-keys': inventory.kmsKeys,
    'nat-hours': inventory.natGateways * hoursPerMonth,
    // Once for each start of a task; a task is taken to live for the month.
    'secret-calls': tasks > 0 ? inventory.tasks.reduce((sum, { secrets }) => sum + secrets, 0) : 0,
  };
}
