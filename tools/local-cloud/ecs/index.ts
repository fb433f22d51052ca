import { AwsError, type Kernel, type ResourceProvider, type Services } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import type { LocalNetwork } from '../network/index.ts';
import { ecsProviders } from './providers.ts';
import type { ContainerService } from './service.ts';

export { SERVICE_PROPERTIES } from './providers.ts';
export type { ContainerService } from './service.ts';

/** Amazon ECS: container services as local processes, registered with the load balancer. */
export interface LocalEcs {
  /**
   * Kills all tasks of a service, found by name, ARN or `stack/logicalId`. Returns their number.
   * @throws AwsError `ServiceNotFoundException`
   */
  readonly kill: Services['ecs']['kill'];
  readonly providers: ResourceProvider[];
  /**
   * Finds a service by name, ARN or `stack/logicalId`.
   * @throws AwsError `ServiceNotFoundException`
   */
  service(reference: string): ContainerService;
  /**
   * Replaces all tasks of a stack with tasks of the current artifacts. Resolves when those are
   * healthy.
   * @throws Error when a new task does not start. The old tasks then stay
   */
  restart(stack: string): Promise<void>;
  processes(): RunningProcess[];
}

/**
 * Creates the ECS service of the local cloud.
 * @param network decides whom tasks reach. Without one, they reach everything
 */
export function createEcs(_kernel: Kernel, network?: LocalNetwork): LocalEcs {
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
    providers: ecsProviders(services, network),
    async restart(stack) {
      const own = [...services.values()].filter(({ settings }) => settings.stack === stack);
      await Promise.all(own.map((service) => service.restart()));
    },
    processes: () => [...services.values()].flatMap((service) => service.processes()),
  };
}
