import type { SpanRecord } from '@triptych/platform/telemetry';
import type { DeployedStack, DeployOptions } from './cloudformation/index.ts';
import { noFaults } from './control/misbehaviour.ts';
import { createKernel, type KernelOptions } from './create-kernel.ts';
import { createServices } from './create-services.ts';
import type {
  CreatedResource,
  Kernel,
  LogSink,
  Misbehaviour,
  SandboxLimits,
  Services,
} from './kernel.ts';
import type { RunningProcess } from './lambda/index.ts';
import { LogStore } from './logs/index.ts';
import { openEndpoint } from './open-endpoint.ts';
import type { OperationCount } from './operations/index.ts';
import type { Grant, GrantReference, Withdrawal } from './permissions/index.ts';
import { publicUrl } from './public-url.ts';

export interface LocalCloudOptions extends KernelOptions {
  /** Port of the AWS endpoint. 0, the default, means any free port. */
  readonly endpointPort?: number;
}

/** A running local cloud. */
export interface LocalCloud {
  /** `http://127.0.0.1:4566`; clients find it through `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  /** Environment variables for clients: region, credentials and endpoint. */
  readonly environment: Readonly<Record<string, string>>;
  /** In-process interfaces of the services, e.g. `services.sqs.deliverDelayedNow()`. */
  readonly services: Services;
  /**
   * Deploys stacks of a cloud assembly (`cdk.out`) and their dependencies. Resolves when all are
   * healthy.
   * @throws Error that names stack, resource and type. Resources created before the error remain
   * until {@link stop}
   */
  deploy(assemblyDirectory: string, options?: DeployOptions): Promise<void>;
  /** Outputs of a deployed stack by key. @throws Error when the stack is not deployed */
  outputs(stack: string): Record<string, string>;
  /**
   * URL of the API, load balancer or CDN of a deployed stack.
   * @throws Error when it has none or is not deployed
   */
  publicUrl(stack: string): string;
  /**
   * Changes the settings of fault injection.
   * @throws Error for an unknown switch or a value out of range
   */
  misbehave(partial: Partial<Misbehaviour>): void;
  /** The current settings of fault injection. */
  faults(): Misbehaviour;
  /** Ends all faults. */
  heal(): void;
  /** The AWS services of the endpoint, as `misbehave({ away })` names them. */
  readonly awsServices: readonly string[];
  /** Whether a stack is deployed. */
  isDeployed(stack: string): boolean;
  /** The running sandboxes and tasks. */
  processes(): RunningProcess[];
  /**
   * Limits the sandboxes of every function. A limit that is left out returns to its initial value.
   */
  limitSandboxes(limits?: Partial<SandboxLimits>): void;
  /** Spans of a trace that processes sent to the endpoint (OTLP), in order of their start. */
  spans(traceId: string): SpanRecord[];
  /** Counts of the calls to each service since the start, in the units that AWS bills. */
  operations(): OperationCount[];
  /** The statements of the templates that allow something, with counts of the calls they allowed. */
  grants(): Grant[];
  /** Withdraws a statement, or one action of it, until it is restored. Shows what fails without it. */
  withdraw(grant: GrantReference, action?: string): Withdrawal;
  /**
   * Kills the processes of a function, web function or container service. Returns the number of processes.
   * @param source the logical id
   * @throws Error when the stack has no such function or service
   */
  kill(stack: string, source: string): number;
  /**
   * Restarts a deployed stack with its current artifacts and without losing requests. Warm
   * sandboxes are discarded. New tasks replace the old ones once they are healthy. Resolves when
   * the new tasks serve requests.
   * @throws Error when a task does not start. The old tasks then stay
   */
  restart(stack: string): Promise<void>;
  /** Stops every process and listener within ten seconds. A second call waits for the first. */
  stop(): Promise<void>;
}

/**
 * Time for resources to finish their work. It leaves two of the ten seconds of `stop` for the rest.
 */
const GRACE_MS = 8000;
const LAST_GRACE_MS = 1000;

/**
 * Starts an empty local cloud. Its endpoint serves requests when this resolves.
 * @throws Error with a one-line message when the port is taken, or when `persistFolder` is in use
 * or of another version
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const logStore = new LogStore();
  const log: LogSink = (line) => {
    logStore.add(line);
    options.log?.(line);
  };
  const owned = createKernel({ ...options, log, enforcesPermissions: true });
  const { kernel } = owned;
  const endpoint = await openEndpoint(owned, options.endpointPort ?? 0);
  await openFolder(kernel, endpoint);
  const { data, compute, cloudFormation, traces, aws } = createServices(
    kernel,
    logStore,
    endpoint.openFor,
  );
  owned.provide({ ...data.services, ...compute.services });
  endpoint.serve([...aws, traces.wire]);
  data.start();

  const stop = async () => {
    // The endpoint stops last, because unfinished work still needs its tables and queues.
    await cloudFormation.stop(GRACE_MS);
    await compute.stop(LAST_GRACE_MS);
    data.stop();
    await endpoint.stop();
    kernel.saved.close();
  };
  let stopped: Promise<void> | undefined;
  const initialLimits = { ...kernel.sandboxes };
  return {
    endpointUrl: kernel.endpointUrl,
    environment: kernel.awsEnvironment(),
    services: kernel.services,
    deploy: (directory, deployOptions) => cloudFormation.deploy(directory, deployOptions),
    outputs: (name) =>
      Object.fromEntries(cloudFormation.stack(name).outputs.map(({ key, value }) => [key, value])),
    publicUrl: (name) => publicUrl(cloudFormation.stack(name), kernel.publicPort(name)),
    misbehave: (partial) => owned.misbehaviour.change(partial),
    faults: () => ({ ...kernel.misbehaviour }),
    heal: () => owned.misbehaviour.change(noFaults()),
    awsServices: [...new Set(aws.map(({ name }) => name))].sort(),
    isDeployed: (name) => cloudFormation.isDeployed(name),
    processes: () => compute.processes(),
    limitSandboxes: (limits = {}) => void Object.assign(kernel.sandboxes, initialLimits, limits),
    operations: () => kernel.operations.list(),
    grants: () => kernel.permissions.grants(),
    withdraw: ({ kind, stack, policy, index }, action) =>
      kernel.permissions.withdraw({ kind, policy: `${stack}/${policy}`, index }, action),
    spans: (traceId) => traces.spans(traceId),
    kill: (name, source) => killProcesses(cloudFormation.stack(name), source, kernel.services),
    restart: async (name) => compute.restart(cloudFormation.stack(name).name),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/**
 * Opens the persist folder. Runs after the endpoint has its port: if another local cloud holds the
 * port, it may also use the folder.
 * @throws Error with a one-line message
 */
async function openFolder(kernel: Kernel, endpoint: { stop(): Promise<void> }): Promise<void> {
  try {
    kernel.saved.entries('');
  } catch (error) {
    await endpoint.stop();
    throw error;
  }
}

/** The resources with processes, and how those of one are killed. */
const KILLS: Readonly<
  Record<
    string,
    (services: Services, resource: Pick<CreatedResource, 'physicalId' | 'attributes'>) => number
  >
> = {
  'AWS::Lambda::Function': ({ lambda }, { physicalId }) => lambda.kill(physicalId),
  'AWS::Lambda::WebFunction': ({ webFunctions }, { physicalId }) => webFunctions.kill(physicalId),
  'AWS::ECS::Service': ({ ecs }, { attributes }) => ecs.kill(String(attributes?.Name)),
};

/** @throws Error when the logical id is not a function, web function or container service of the stack */
function killProcesses(stack: DeployedStack, source: string, services: Services): number {
  const resource = stack.resources.get(source);
  const kill = resource && KILLS[resource.type];
  if (kill) return kill(services, resource.created);
  const killable = [...stack.resources]
    .filter(([, { type }]) => type in KILLS)
    .map(([logicalId]) => logicalId);
  throw new Error(
    `${stack.name} has no process ${source}; it has ${killable.join(', ') || 'none'}.`,
  );
}
