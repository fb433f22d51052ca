import { readAssembly } from '../cloudformation/assembly.ts';
import { deployStacks, type Stacks } from '../cloudformation/deploy.ts';
import { createKernel } from '../create-kernel.ts';
import type { LogSink } from '../kernel.ts';
import type { AddressOf, EdgeTarget } from './container-targets.ts';
import { edgeParts } from './edge-stacks.ts';
import { type ExternalDeployment, readResources, stageUrlOf } from './resources.ts';
import { openStageProxy } from './stage-proxy.ts';

export type { AddressOf, ContainerAddress, EdgeTarget } from './container-targets.ts';

export interface EdgeOptions {
  /** Folder of the cloud assembly: manifest and templates. */
  readonly assembly: string;
  /** The file `resources.json`, which lists the resources that are deployed elsewhere. */
  readonly resources: string;
  /** The port of a stack's load balancer, distribution or REST API, by stack name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly address?: string;
  /** Returns the address of a container. */
  readonly addressOf: AddressOf;
  readonly log?: LogSink;
}

/** Load balancers, distributions and API stages in front of external services. */
export interface Edge {
  /** The containers behind it, with their health. */
  readonly targets: readonly EdgeTarget[];
  /** True once every target was healthy. Load balancers handle later failures. */
  isReady(): boolean;
  /** Stops accepting, lets in-flight requests finish within `graceMs`, then closes connections. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts the front of the shop without the rest of the local cloud. It has the same load balancers
 * and distributions from the same templates, but containers, functions and buckets are external.
 * @throws Error with a one-line message when a file is missing, a port is taken, or a template has
 *   an unsupported part
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { assembly, resources, ports, addressOf, address = '127.0.0.1', log = () => {} } = options;
  const deployed = await readResources(resources);
  const all = await readAssembly(assembly);
  const { kernel } = createKernel({ root: '', publicPorts: ports, publicAddress: address, log });
  const { stacks: chosen, registry, targets } = edgeParts(all, deployed, addressOf, kernel);
  const stacks: Stacks = new Map();
  const stopping = new AbortController();
  const closing: ((graceMs: number) => Promise<void>)[] = [];
  const stop = async (graceMs: number) => {
    stopping.abort(new Error('The edge is stopping.'));
    const created = [...stacks.values()].flatMap((stack) => [...stack.resources.values()]);
    const stops = [...closing, ...created.map((one) => one.created.stop?.bind(one.created))];
    await Promise.allSettled(stops.map(async (end) => end?.(graceMs)));
  };
  const imports = (name: string) =>
    [...stacks.values()]
      .flatMap(({ outputs }) => outputs)
      .find(({ exportName }) => exportName === name)?.value;
  try {
    const context = { kernel, registry, imports, stopping: stopping.signal };
    await deployStacks(chosen, stacks, context, () => {});
    for (const { stageUrl, port } of stages(deployed, ports)) {
      const proxy = await openStageProxy({ stageUrl, port, address });
      closing.push((graceMs) => proxy.close(graceMs));
    }
  } catch (error) {
    await stop(0);
    throw error;
  }
  return { targets, isReady: () => targets.every(({ wasHealthy }) => wasHealthy), stop };
}

/** Returns the REST API stages that have a port. */
function stages(deployed: ExternalDeployment, ports: Readonly<Record<string, number>>) {
  return Object.entries(ports).flatMap(([stack, port]) => {
    const stageUrl = stageUrlOf(deployed, stack);
    return stageUrl === undefined ? [] : [{ stageUrl, port }];
  });
}
