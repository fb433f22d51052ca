import { CORE_CONTEXTS } from '@triptych/context-map';
import { renditionsBucket } from '../constructs/buckets.ts';
import { httpFront } from '../constructs/choose-http-front.ts';
import { checkoutCoordinator } from '../constructs/coordinator.ts';
import { feedWorker } from '../constructs/feed-worker.ts';
import { coreNeeds, imagesNeeds } from '../constructs/needs.ts';
import { operations } from '../constructs/operations.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** Each context as two functions: one answers requests, the other handles messages. */
export function serverless(deployment: Deployment): void {
  // 1 state
  const stateStack = deployment.stack('state', 'tables, originals, queues, bus, rules, secrets');
  const resources = state(stateStack, deployment);

  // 2 front
  const front = httpFront(deployment);

  // 3 images
  const images = deployment.stack('images', 'images and their renditions');
  const renditions = renditionsBucket(images, 'Renditions');
  feedWorker(front.run(images, 'images', imagesNeeds(resources, renditions)), 'images', resources);

  // 4 provider
  const provider = paymentProvider(deployment, resources, front.at);

  // 5 the other contexts
  const coordinator = checkoutCoordinator(deployment, { state: resources, provider, at: front.at });
  for (const service of CORE_CONTEXTS) {
    const needs = [...coreNeeds(service, resources, provider), ...coordinator(service)];
    feedWorker(front.run(deployment.stack(service, service), service, needs), service, resources);
  }
  front.join();

  // 6 operations
  operations(deployment);

  // 7 release
  front.release();
}
