import type { Kernel, ResourceProvider } from '../kernel.ts';
import type { LocalNetwork } from '../network/index.ts';
import type { Balancer } from './balancer.ts';
import { balancerProvider } from './balancer-provider.ts';
import { listenerProviders } from './listener-providers.ts';
import { targetGroupProvider } from './target-group-provider.ts';

export { type ProxySettings, proxy } from './proxy.ts';
export type { Target, TargetGroup, TargetState } from './target-group.ts';
export { targetGroups } from './target-groups.ts';

/**
 * Creates Application Load Balancers: rules, health checks, and a streaming proxy to tasks.
 * @param network decides who reaches them, and whom they reach. Without one, everybody does
 */
export function createLoadBalancer(
  _kernel: Kernel,
  network?: LocalNetwork,
): { readonly providers: ResourceProvider[] } {
  const balancers = new Map<string, Balancer>();
  return {
    providers: [
      balancerProvider(balancers, network),
      ...listenerProviders(balancers),
      targetGroupProvider,
    ],
  };
}
