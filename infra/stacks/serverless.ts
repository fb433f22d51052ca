import { CORE_CONTEXTS } from '@triptych/context-map';
import { renditionsBucket } from '../constructs/buckets.ts';
import { apiFront, frontPart } from '../constructs/choose-api-front.ts';
import { checkoutCoordinator } from '../constructs/coordinator.ts';
import { apiDomain } from '../constructs/domain.ts';
import { feedWorker } from '../constructs/feed-worker.ts';
import { functionService } from '../constructs/function-service.ts';
import { coreNeeds, imagesNeeds } from '../constructs/needs.ts';
import { operations } from '../constructs/operations.ts';
import { place } from '../constructs/place.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** Each context as two functions behind an API: one answers requests, the other handles messages. */
export function serverless(deployment: Deployment): void {
  const { settings } = deployment;

  // 1 state
  const stateStack = deployment.stack('state', 'tables, originals, queues, bus, rules, secrets');
  const resources = state(stateStack, deployment);

  // 2 front
  const frontStack = deployment.stack(frontPart(settings), 'the API');
  const front = apiFront(frontStack, deployment);
  // One proxy: the API.
  const at = place(deployment, frontStack, front.url, 1);
  const common = { deployment, front, at };

  // 3 images
  const images = deployment.stack('images', 'images and their renditions');
  const renditions = renditionsBucket(images, 'Renditions');
  const needs = imagesNeeds(resources, renditions);
  feedWorker(functionService(images, { ...common, service: 'images', needs }), 'images', resources);

  // 4 provider
  const provider = paymentProvider(deployment, resources, at);

  // 5 the other contexts
  const coordinator = checkoutCoordinator(deployment, { state: resources, provider, at });
  for (const service of CORE_CONTEXTS) {
    const needs = [...coreNeeds(service, resources, provider), ...coordinator(service)];
    const stack = deployment.stack(service, service);
    feedWorker(functionService(stack, { ...common, service, needs }), service, resources);
  }

  // 6 operations
  operations(deployment);

  // 7 release
  front.release(deployment);
  apiDomain(deployment, front);
}
