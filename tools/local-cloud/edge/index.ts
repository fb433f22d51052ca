import { readAssembly } from '../cloudformation/assembly.ts';
import { deployStacks, type Stacks } from '../cloudformation/deploy.ts';
import { createKernel } from '../create-kernel.ts';
import type { LogSink } from '../kernel.ts';
import type { AddressOf, EdgeTarget } from './container-targets.ts';
import { edgeParts } from './edge-stacks.ts';
import { type DeployedElsewhere, readResources, stageUrlOf } from './resources.ts';
import { openStageProxy } from './stage-proxy.ts';

export type { AddressOf, ContainerAddress, EdgeTarget } from './container-targets.ts';

export interface EdgeOptions {
  /** Folder of the full cloud assembly: its manifest and templates. */
  readonly assembly: string;
  /** File that names what of it is deployed, and where. */
  readonly resources: string;
  /** Ports by the stack whose load balancer, distribution or REST API is behind them. */
  readonly ports: Readonly<Record<string, number>>;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly address?: string;
  /** Where a container of a stack's service listens. */
  readonly addressOf: AddressOf;
  readonly log?: LogSink;
}

/** Load balancers, distributions and stages that bring requests to what others run. */
export interface Edge {
  /** Containers behind it, with their health. */
  readonly targets: readonly EdgeTarget[];
  /** Whether each target has been healthy once: from then on it is for load balancers to do without one. */
  isReady(): boolean;
  /** Stops accepting, lets requests finish within `graceMs`, then cuts them off. */
  stop(graceMs: number): Promise<void>;
}

/**
 * The front of the shop without the rest of the local cloud: the same load balancers and distributions from the same
 * templates, but containers, functions and buckets are somewhere else.
 * @throws Error in one line when a file is missing, a port is taken, or a template has what we do not know
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
    const surroundings = { kernel, registry, imports, stopping: stopping.signal };
    await deployStacks(chosen, stacks, surroundings, () => {});
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

/** REST APIs that are given a port. */
function stages(deployed: DeployedElsewhere, ports: Readonly<Record<string, number>>) {
  return Object.entries(ports).flatMap(([stack, port]) => {
    const stageUrl = stageUrlOf(deployed, stack);
    return stageUrl === undefined ? [] : [{ stageUrl, port }];
  });
}
