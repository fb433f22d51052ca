import {
  createCloudFormation,
  type DeployedStack,
  type DeployOptions,
} from './cloudformation/index.ts';
import { createComputeServices } from './compute-services.ts';
import { createKernel, type KernelOptions } from './create-kernel.ts';
import { createRegistry } from './create-registry.ts';
import { createDataServices } from './data-services.ts';
import type { Kernel, Misbehaviour, SandboxLimits, Services } from './kernel.ts';
import type { RunningProcess } from './lambda/index.ts';
import { openEndpoint } from './open-endpoint.ts';
import type { OperationCount } from './operations/index.ts';
import { publicUrl } from './public-url.ts';
import { createTraces, type SpanRecord } from './traces/index.ts';

export interface LocalCloudOptions extends KernelOptions {
  /** Of the AWS endpoint; 0, the default, is any free one. */
  readonly endpointPort?: number;
}

/** A running local cloud: what the command line, the tests and the console use. */
export interface LocalCloud {
  /** `http://127.0.0.1:4566`; clients find it through `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  /** Environment for a client of it: region, credentials, endpoint. */
  readonly environment: Readonly<Record<string, string>>;
  /** In-process ways into the services, e.g. `services.sqs.deliverDelayedNow()`. */
  readonly services: Services;
  /**
   * Brings up the stacks of a cloud assembly (`cdk.out`) and those they need; resolves when all are healthy.
   * @throws Error naming stack, resource and type; what came up stays up until {@link stop}
   */
  deploy(assemblyDirectory: string, options?: DeployOptions): Promise<void>;
  /** Outputs of a deployed stack by key. */
  outputs(stack: string): Record<string, string>;
  /** Where browsers reach the API, load balancer or CDN of a deployed stack. */
  publicUrl(stack: string): string;
  /** Changes what goes wrong on purpose. @throws Error naming an unknown switch or a value out of range */
  misbehave(partial: Partial<Misbehaviour>): void;
  /** Sandboxes and tasks that run now. */
  processes(): RunningProcess[];
  /** Bounds the sandboxes of every function from now on; what is left out is as it was at the start again. */
  limitSandboxes(limits?: Partial<SandboxLimits>): void;
  /** Spans of a trace that processes sent to the endpoint (OTLP), in order of their start. */
  spans(traceId: string): SpanRecord[];
  /** What was asked of each service since the start, in the units that AWS bills. */
  operations(): OperationCount[];
  /** Kills the processes of a function or container service, by logical id; returns how many there were. */
  kill(stack: string, source: string): number;
  /**
   * Has a deployed stack run its artifacts as they are now: warm sandboxes are thrown away, new tasks take over once they
   * are healthy and the old ones finish their requests. Resolves when the new tasks answer.
   * @throws Error when a task does not start; then the old ones stay
   */
  restart(stack: string): Promise<void>;
  /** Ends every process and listener within ten seconds; a second call waits for the first. */
  stop(): Promise<void>;
}

/** Resources get this long to finish what they do; ending what is left takes the rest of ten seconds. */
const graceMs = 8000;
const lastGraceMs = 1000;

/**
 * Starts an empty local cloud; its endpoint answers when this resolves.
 * @throws Error in one line when the port is taken, or `persistFolder` is in use or of another version
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const owned = createKernel(options);
  const { kernel } = owned;
  const endpoint = await openEndpoint(owned, options.endpointPort ?? 0);
  await openFolder(kernel, endpoint);
  const data = createDataServices(kernel);
  const compute = createComputeServices(kernel);
  owned.provide({ ...data.services, ...compute.services });
  const cloudFormation = createCloudFormation(kernel, createRegistry(data, compute));
  const traces = createTraces();
  endpoint.serve([...data.wires, ...compute.wires, cloudFormation.wire, traces.wire]);
  data.start();

  const stop = async () => {
    // The endpoint goes last: what is still being finished needs its tables and queues.
    await cloudFormation.stop(graceMs);
    await compute.stop(lastGraceMs);
    data.stop();
    await endpoint.stop();
    kernel.saved.close();
  };
  let stopped: Promise<void> | undefined;
  const atStart = { ...kernel.sandboxes };
  return {
    endpointUrl: kernel.endpointUrl,
    environment: kernel.awsEnvironment(),
    services: kernel.services,
    deploy: (directory, deployOptions) => cloudFormation.deploy(directory, deployOptions),
    outputs: (name) =>
      Object.fromEntries(cloudFormation.stack(name).outputs.map(({ key, value }) => [key, value])),
    publicUrl: (name) => publicUrl(cloudFormation.stack(name), kernel.publicPort(name)),
    misbehave: (partial) => owned.misbehaviour.change(partial),
    processes: () => compute.processes(),
    limitSandboxes: (limits = {}) => void Object.assign(kernel.sandboxes, atStart, limits),
    operations: () => kernel.operations.list(),
    spans: (traceId) => traces.spans(traceId),
    kill: (name, source) => killProcesses(cloudFormation.stack(name), source, kernel.services),
    restart: async (name) => compute.restart(cloudFormation.stack(name).name),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Not before the port is ours, since the folder may be that of the one who has it. @throws Error in one line */
async function openFolder(kernel: Kernel, endpoint: { stop(): Promise<void> }): Promise<void> {
  try {
    kernel.saved.entries('');
  } catch (error) {
    await endpoint.stop();
    throw error;
  }
}

/** @throws Error when the logical id is neither a function nor a container service of the stack */
function killProcesses(stack: DeployedStack, source: string, services: Services): number {
  const resource = stack.resources.get(source);
  if (resource?.type === 'AWS::Lambda::Function') {
    return services.lambda.kill(resource.created.physicalId);
  }
  if (resource?.type === 'AWS::ECS::Service') {
    return services.ecs.kill(String(resource.created.attributes?.Name));
  }
  const killable = [...stack.resources]
    .filter(([, { type }]) => type === 'AWS::Lambda::Function' || type === 'AWS::ECS::Service')
    .map(([logicalId]) => logicalId);
  throw new Error(
    `${stack.name} has no process ${source}; it has ${killable.join(', ') || 'none'}.`,
  );
}
