import { SERVICE_PROPERTIES } from '../ecs/index.ts';
import type { ResourceProvider } from '../kernel.ts';
import { type TargetState, targetGroups } from '../load-balancer/index.ts';
import { physicalName } from '../physical-name.ts';

/** Where a container of a service listens. */
export interface ContainerAddress {
  readonly host: string;
  readonly port: number;
}

/** A container service behind a load balancer, with its address and health. */
export interface EdgeTarget extends ContainerAddress {
  readonly stack: string;
  readonly service: string;
  readonly state: TargetState;
  /** True once it has passed a health check. */
  readonly wasHealthy: boolean;
}

/** Returns the address of a container of a stack. `port` is its container port. */
export type AddressOf = (stack: string, container: string, port: number) => ContainerAddress;

interface ServiceProperties {
  readonly LoadBalancers?: readonly {
    readonly ContainerName: string;
    readonly ContainerPort: number;
    readonly TargetGroupArn: string;
  }[];
}

/**
 * Creates the provider of `AWS::ECS::Service` for tasks that run outside this process. Each service
 * is one target at a known address. DNS resolves it to the service's containers.
 * @param targets receives every registered target
 */
export function containerTargets(addressOf: AddressOf, targets: EdgeTarget[]): ResourceProvider {
  const external = { ignored: 'the containers run outside this process' };
  const known = Object.keys(SERVICE_PROPERTIES).map((name) => [name, external] as const);
  return {
    type: 'AWS::ECS::Service',
    properties: { ...Object.fromEntries(known), LoadBalancers: 'honoured' },
    async create({ stack, logicalId, properties, kernel }) {
      const { LoadBalancers = [] } = properties as ServiceProperties;
      const name = physicalName(stack, logicalId, 255);
      for (const { ContainerName, ContainerPort, TargetGroupArn } of LoadBalancers) {
        const group = targetGroups(kernel).get(TargetGroupArn);
        if (!group) {
          throw new Error(`${stack}/${logicalId}: unknown target group ${TargetGroupArn}`);
        }
        const { host, port } = addressOf(stack, ContainerName, Number(ContainerPort));
        let wasHealthy = false;
        const onState = (state: TargetState): void => {
          wasHealthy ||= state === 'healthy';
          const text = `${host}:${port} is ${state}`;
          kernel.log({ at: Date.now(), stack, source: logicalId, text });
        };
        const target = group.register(host, port, { onState });
        targets.push({
          stack,
          service: ContainerName,
          host,
          port,
          get state() {
            return target.state;
          },
          get wasHealthy() {
            return wasHealthy;
          },
        });
      }
      const ServiceArn = kernel.arn('ecs', `service/${name}`);
      return { physicalId: ServiceArn, attributes: { Name: name, ServiceArn } };
    },
  };
}
