import { CORE_CONTEXTS } from '@triptych/context-map';
import { containerService } from '../constructs/container-service.ts';
import { loadBalancerFront } from '../constructs/load-balancer-front.ts';
import { coreNeeds, imagesNeeds } from '../constructs/needs.ts';
import { operations } from '../constructs/operations.ts';
import { place } from '../constructs/place.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** Each context as a container service behind a load balancer. */
export function microservices(deployment: Deployment): void {
  const { settings } = deployment;

  // 1 state
  const stateStack = deployment.stack('state', 'tables, originals, queues, bus, rules, secrets');
  const resources = state(stateStack, deployment);

  // 2 front
  const frontStack = deployment.stack('front', 'network and load balancer');
  const front = loadBalancerFront(frontStack, { reach: 'internet', ...settings });
  // One proxy: the load balancer.
  const at = place(deployment, frontStack, front.url, 1);
  const common = { deployment, front, at };

  // 3 images
  const images = deployment.stack('images', 'images');
  containerService(images, { ...common, service: 'images', needs: imagesNeeds(resources) });

  // 4 provider
  const provider = paymentProvider(deployment, resources, at);

  // 5 the other contexts
  for (const service of CORE_CONTEXTS) {
    const needs = coreNeeds(service, resources, provider);
    containerService(deployment.stack(service, service), { ...common, service, needs });
  }

  // 6 operations
  operations(deployment);
}
