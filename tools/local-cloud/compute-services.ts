import { createAutoScaling } from './auto-scaling/index.ts';
import { createCdn, localOrigins } from './cdn/index.ts';
import { createEcs } from './ecs/index.ts';
import { createHttpApi } from './http-api/index.ts';
import type { Kernel, ResourceProvider, Services, WireService } from './kernel.ts';
import { createLambda, type RunningProcess } from './lambda/index.ts';
import { createLoadBalancer } from './load-balancer/index.ts';
import { LocalNetwork, type OpenEndpoint } from './network/index.ts';
import { createRestApi } from './rest-api/index.ts';
import { createStepFunctions } from './step-functions/index.ts';
import { createWebFunctions } from './web-functions/index.ts';

/** The services that run the application's code, and the entry points that route requests to it. */
export interface ComputeServices {
  readonly services: Pick<Services, 'lambda' | 'webFunctions' | 'ecs'>;
  readonly wires: readonly WireService[];
  readonly providers: readonly ResourceProvider[];
  processes(): RunningProcess[];
  /** Replaces a stack's sandboxes and tasks, so that they run the current artifacts. */
  restart(stack: string): Promise<void>;
  stop(graceMs: number): Promise<void>;
}

/** Creates all compute services and entry points. */
export function createComputeServices(
  kernel: Kernel,
  openEndpoint?: OpenEndpoint,
): ComputeServices {
  const network = new LocalNetwork(kernel, openEndpoint);
  const lambda = createLambda(kernel);
  const webFunctions = createWebFunctions(kernel);
  const stepFunctions = createStepFunctions(kernel);
  const ecs = createEcs(kernel, network);
  const scaling = createAutoScaling(kernel, ecs);
  const apis = [createHttpApi(kernel), createRestApi(kernel)];
  const entryPoints = [
    ...apis,
    createLoadBalancer(kernel, network),
    createCdn(kernel, Date.now, (arn) => localOrigins(kernel, arn, network)),
  ];
  return {
    services: { lambda, webFunctions, ecs },
    wires: [lambda.wire, webFunctions.wire, stepFunctions.wire],
    providers: [
      ...[network, lambda, webFunctions, stepFunctions, ecs, scaling],
      ...entryPoints,
    ].flatMap((service) => [...service.providers]),
    processes: () => [...lambda.processes(), ...webFunctions.processes(), ...ecs.processes()],
    async restart(stack) {
      lambda.restart(stack);
      webFunctions.restart(stack);
      await ecs.restart(stack);
    },
    stop: async (graceMs) => {
      await Promise.all([lambda.stop(graceMs), webFunctions.stop(graceMs)]);
    },
  };
}
