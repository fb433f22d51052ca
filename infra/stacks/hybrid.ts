import { CORE_CONTEXTS } from '@triptych/context-map';
import { containerService } from '../constructs/container-service.ts';
import { edgeImages } from '../constructs/edge-images.ts';
import { loadBalancerFront } from '../constructs/load-balancer-front.ts';
import { coreNeeds } from '../constructs/needs.ts';
import { operations } from '../constructs/operations.ts';
import { place } from '../constructs/place.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** The core as container services, images as functions, and a CDN in front of both. */
export function hybrid(deployment: Deployment): void {
  const { settings } = deployment;

  // 1 state
  const stateStack = deployment.stack('state', 'tables, originals, queues, bus, rules, secrets');
  const resources = state(stateStack, deployment);

  // 2 front
  const frontStack = deployment.stack('front', 'network and internal load balancer');
  const reach = settings.cdn ? 'cdn' : 'network';
  const front = loadBalancerFront(frontStack, { ...settings, reach });

  // 3 images
  const images = deployment.stack(
    'images',
    'the edge: CDN, resized images and the functions that make them',
  );
  const edgeUrl = edgeImages(images, deployment, resources, front);
  // Two proxies: the CDN and the load balancer.
  const at = place(deployment, images, edgeUrl, 2);
  const common = { deployment, front, at };

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
