import { containerService } from '../constructs/container-service.ts';
import { edgeImages } from '../constructs/edge-images.ts';
import { loadBalancerFront } from '../constructs/load-balancer-front.ts';
import { authNeeds, catalogNeeds, paymentsNeeds } from '../constructs/needs.ts';
import { place } from '../constructs/place.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** The core as container services, images as functions, and a CDN before both. */
export function hybrid(deployment: Deployment): void {
  const { settings } = deployment;

  // 1 state
  const kept = state(deployment.stack('state', 'tables, originals, queues, bus, rules, secrets'), {
    auth: 'container',
    catalog: 'container',
    payments: 'container',
    images: 'function',
  });

  // 2 front
  const frontStack = deployment.stack('front', 'network and internal load balancer');
  const front = loadBalancerFront(frontStack, { reach: 'internal', allowCidr: settings.allowCidr });

  // 3 images
  const images = deployment.stack(
    'images',
    'the edge: CDN, resized images and the functions that make them',
  );
  const edgeUrl = edgeImages(images, deployment, kept, front);
  // Two proxies, the CDN and the load balancer.
  const at = place(deployment, images, edgeUrl, 2);
  const common = { deployment, front, at };

  // 4 provider
  const provider = paymentProvider(deployment, kept, at);

  // 5 auth
  const auth = deployment.stack('auth', 'auth');
  containerService(auth, { ...common, service: 'auth', needs: authNeeds(kept) });

  // 6 catalog
  const catalog = deployment.stack('catalog', 'catalog');
  containerService(catalog, { ...common, service: 'catalog', needs: catalogNeeds(kept) });

  // 7 payments
  const payments = deployment.stack('payments', 'payments');
  containerService(payments, {
    ...common,
    service: 'payments',
    needs: paymentsNeeds(kept, provider),
  });
}
