import { CORE_CONTEXTS } from '@triptych/context-map';
import { containerFront } from '../constructs/choose-container-front.ts';
import { coreNeeds, imagesNeeds } from '../constructs/needs.ts';
import { operations } from '../constructs/operations.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** Each context as a container service behind a load balancer. */
export function microservices(deployment: Deployment): void {
  // 1 state
  const stateStack = deployment.stack('state', 'tables, originals, queues, bus, rules, secrets');
  const resources = state(stateStack, deployment);

  // 2 front
  const front = containerFront(deployment);

  // 3 images
  front.run(deployment.stack('images', 'images'), 'images', imagesNeeds(resources));

  // 4 provider
  const provider = paymentProvider(deployment, resources, front.at);

  // 5 the other contexts
  for (const service of CORE_CONTEXTS) {
    const needs = coreNeeds(service, resources, provider);
    front.run(deployment.stack(service, service), service, needs);
  }
  front.release();

  // 6 operations
  operations(deployment);
}
