import { balancerProvider } from './balancer-provider.ts';
import { listenerProviders } from './listener-providers.ts';
import { targetGroupProvider } from './target-group-provider.ts';

export { targetGroups } from './target-groups.ts';
/** Application Load Balancers: rules, health checks, and a streaming proxy to container tasks. */
export function createLoadBalancer(_kernel) {
  const balancers = new Map();
  return {
    providers: [balancerProvider(balancers), ...listenerProviders(balancers), targetGroupProvider],
  };
}
