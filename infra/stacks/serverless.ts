import { apiFront } from '../constructs/api-front.ts';
import { renditionsBucket } from '../constructs/buckets.ts';
import { functionService, relayOutbox, takeMessages } from '../constructs/function-service.ts';
import { sizes } from '../constructs/limits.ts';
import { authNeeds, catalogNeeds, imagesNeeds, paymentsNeeds } from '../constructs/needs.ts';
import { place } from '../constructs/place.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** Four pairs of functions behind an API: one of a pair answers requests, the other takes messages. */
export function serverless(deployment: Deployment): void {
  // 1 state
  const kept = state(deployment.stack('state', 'tables, originals, queues, bus, rules, secrets'), {
    auth: 'function',
    catalog: 'function',
    payments: 'function',
    images: 'function',
  });

  // 2 front
  const frontStack = deployment.stack('front', 'the API');
  const front = apiFront(frontStack, deployment);
  // One proxy, the API.
  const at = place(deployment, frontStack, front.url, 1);
  const common = { deployment, front, at };

  // 3 images
  const images = deployment.stack('images', 'images and their renditions');
  const renditions = renditionsBucket(images, 'Renditions');
  const imagesWorker = functionService(images, {
    ...common,
    service: 'images',
    needs: imagesNeeds(kept, renditions),
  });
  takeMessages(imagesWorker, kept.queues.images, sizes.images.batch);

  // 4 provider
  const provider = paymentProvider(deployment, kept, at);

  // 5 auth
  const auth = deployment.stack('auth', 'auth');
  const authWorker = functionService(auth, { ...common, service: 'auth', needs: authNeeds(kept) });
  takeMessages(authWorker, kept.queues.auth, sizes.auth.batch);

  // 6 catalog
  const catalog = deployment.stack('catalog', 'catalog');
  const catalogWorker = functionService(catalog, {
    ...common,
    service: 'catalog',
    needs: catalogNeeds(kept),
  });
  takeMessages(catalogWorker, kept.queues.catalog, sizes.catalog.batch);
  relayOutbox(catalogWorker, kept.tables.catalog);

  // 7 payments
  const payments = deployment.stack('payments', 'payments');
  const paymentsWorker = functionService(payments, {
    ...common,
    service: 'payments',
    needs: paymentsNeeds(kept, provider),
  });
  takeMessages(paymentsWorker, kept.queues.payments, sizes.payments.batch);
  takeMessages(paymentsWorker, kept.queues.deadlines, sizes.payments.batch);
  relayOutbox(paymentsWorker, kept.tables.payments);

  // 8 release
  front.release(deployment);
}
