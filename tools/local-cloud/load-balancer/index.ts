import type { Kernel, ResourceProvider } from '../kernel.ts';
import type { Balancer } from './balancer.ts';
import { balancerProvider } from './balancer-provider.ts';
import { listenerProviders } from './listener-providers.ts';
import { targetGroupProvider } from './target-group-provider.ts';

export { type ProxySettings, proxy } from './proxy.ts';
export type { Target, TargetGroup, TargetState } from './target-group.ts';
export { targetGroups } from './target-groups.ts';

/** Creates Application Load Balancers: rules, health checks, and a streaming proxy to tasks. */
export function createLoadBalancer(_kernel: Kernel): { readonly providers: ResourceProvider[] } {
  const balancers = new Map<string, Balancer>();
  return {
    providers: [balancerProvider(balancers), ...listenerProviders(balancers), targetGroupProvider],
  };
}
