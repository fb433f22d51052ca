import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import type { FunctionInventory, Inventory } from '../../cost/index.ts';
import type { Simulation } from '../engine/simulation.ts';
import { type SimulationAssumed, warmTimes } from '../models/assumptions.ts';
import type { Server } from '../models/call.ts';
import { FargateService } from '../models/fargate-service.ts';
import { Account, LambdaFunction } from '../models/lambda-function.ts';
import { ContainerMessages, type MessageQueue, WorkerMessages } from '../models/messages.ts';
import { WebFunction } from '../models/web-function.ts';
import type { Random } from '../random/random.ts';
import type { MeasuredWorks } from './step-works.ts';

/** A function with 1,769 MB has one core. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MB_OF_A_CORE = 1_769;
/** The maximum of concurrent workers of a queue, as the templates set it. */
const WORKERS_PER_QUEUE = 10;

/** What answers the requests and handles the messages of each service. */
export interface TargetModel {
  readonly services: ReadonlyMap<ContextName, Server>;
  readonly functions: readonly LambdaFunction[];
  readonly webs: readonly WebFunction[];
  readonly containers: readonly FargateService[];
  /** What handles the messages of a service. */
  messages(service: ContextName): MessageQueue;
  /** The age of the oldest message that waits, in milliseconds. */
  oldestMessageMs(): number;
}

interface ModelOptions {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly inventory: Inventory;
  readonly works: MeasuredWorks;
  readonly assumed: SimulationAssumed;
  /** HTTP of the functions runs as Web Functions. */
  readonly web: boolean;
  readonly webEnvironments: number;
}

/** Builds the model of a variant from its templates: tasks where a service has a task definition, else functions. */
export function targetModel(options: ModelOptions): TargetModel {
  const { inventory, assumed, random, simulation, web } = options;
  const account = new Account(assumed.accountConcurrency);
  const services = new Map<ContextName, Server>();
  const functions: LambdaFunction[] = [];
  const webs: WebFunction[] = [];
  const containers: FargateService[] = [];
  const queues = new Map<ContextName, MessageQueue>();
  const add = <Model extends Server>(into: Model[], service: ContextName, model: Model) => {
    into.push(model);
    services.set(service, model);
  };
  for (const service of CONTEXT_NAMES) {
    const task = inventory.tasks.find((one) => one.service === service);
    const found = inventory.functions.find(({ name }) => name === `${service}-http`);
    if (task) {
      add(
        containers,
        service,
        new FargateService(simulation, {
          vcpu: task.vcpu,
          minTasks: task.minTasks,
          maxTasks: task.maxTasks,
          target: task.targetUtilization,
          startMs: () => random.lognormal(assumed.taskStartSeconds * 1_000, 0.2),
          outAfter: assumed.scaleOutMinutes,
          inAfter: assumed.scaleInMinutes,
          overloadMs: assumed.overloadMs,
        }),
      );
    } else if (found && web) {
      add(webs, service, webOf(options, service));
    } else if (found) {
      add(functions, service, functionOf(options, account, found, service));
    }
    const server = services.get(service);
    queues.set(
      service,
      task && server
        ? new ContainerMessages(simulation, server)
        : new WorkerMessages(simulation, WORKERS_PER_QUEUE),
    );
  }
  return {
    ...{ services, functions, webs, containers },
    messages: (service) => queues.get(service) as MessageQueue,
    oldestMessageMs: () => Math.max(0, ...[...queues.values()].map((queue) => queue.oldestMs())),
  };
}

function functionOf(
  { simulation, random, assumed, works }: ModelOptions,
  account: Account,
  { memoryMb, provisioned }: FunctionInventory,
  service: ContextName,
): LambdaFunction {
  const warm = warmTimes(assumed);
  return new LambdaFunction(simulation, random.split(), account, {
    cores: Math.min(1, memoryMb / MB_OF_A_CORE),
    provisioned,
    initMs: () => random.lognormal(works.initMs[service], 0.1),
    warmMs: () => random.fromCdf(warm),
    lifeMs: assumed.sandboxLifeHours * 3_600_000,
    startsPerSecond: assumed.scaleOutPerSecond,
  });
}

/** Its start is taken to last as long as the INIT of the event function: the same modules are loaded. */
function webOf(
  { simulation, random, assumed, works, webEnvironments }: ModelOptions,
  service: ContextName,
): WebFunction {
  return new WebFunction(simulation, {
    concurrency: assumed.webConcurrency,
    maxEnvironments: webEnvironments,
    startMs: () => random.lognormal(works.initMs[service], 0.1),
    idleMs: assumed.webIdleSeconds * 1_000,
    queueMs: assumed.webQueueSeconds * 1_000,
  });
}
