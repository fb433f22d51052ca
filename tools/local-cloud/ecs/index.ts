import { AwsError, type Kernel, type ResourceProvider, type Services } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import { ecsProviders } from './providers.ts';
import type { ContainerService } from './service.ts';

export { serviceProperties } from './providers.ts';
export type { ContainerService } from './service.ts';

/** Container services as processes that are kept running and registered with the load balancer. */
export interface LocalEcs {
  /**
   * Kills all tasks of a service (name, ARN or `stack/logicalId`); throws an AwsError when unknown.
   */
  readonly kill: Services['ecs']['kill'];
  readonly providers: ResourceProvider[];
  /** By name, ARN or `stack/logicalId`; throws an AwsError when unknown. */
  service(reference: string): ContainerService;
  /** Replaces all tasks of a stack by ones of the artifact as it is now; resolves when those are healthy. */
  restart(stack: string): Promise<void>;
  processes(): RunningProcess[];
}

export function createEcs(_kernel: Kernel): LocalEcs {
  const services = new Map<string, ContainerService>();
  const find = (reference: string): ContainerService => {
    const service = [...services.values()].find(({ settings: { name, arn, stack, logicalId } }) =>
      [name, arn, `${stack}/${logicalId}`].includes(reference),
    );
    if (service) return service;
    throw new AwsError('ServiceNotFoundException', `Service not found: ${reference}`);
  };
  return {
    kill: (reference) => find(reference).kill(),
    service: find,
    providers: ecsProviders(services),
    async restart(stack) {
      const own = [...services.values()].filter(({ settings }) => settings.stack === stack);
      await Promise.all(own.map((service) => service.restart()));
    },
    processes: () => [...services.values()].flatMap((service) => service.processes()),
  };
}
