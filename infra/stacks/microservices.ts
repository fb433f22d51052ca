import { containerService } from '../constructs/container-service.ts';
import { loadBalancerFront } from '../constructs/load-balancer-front.ts';
import { authNeeds, catalogNeeds, imagesNeeds, paymentsNeeds } from '../constructs/needs.ts';
import { place } from '../constructs/place.ts';
import { paymentProvider } from '../constructs/provider.ts';
import { state } from '../constructs/state.ts';
import type { Deployment } from '../deployment.ts';

/** Four container services behind a load balancer. */
export function microservices(deployment: Deployment): void {
  const { settings } = deployment;

  // 1 state
  const kept = state(deployment.stack('state', 'tables, originals, queues, bus, rules, secrets'), {
    auth: 'container',
    catalog: 'container',
    payments: 'container',
    images: 'container',
  });

  // 2 front
  const frontStack = deployment.stack('front', 'network and load balancer');
  const front = loadBalancerFront(frontStack, { reach: 'internet', ...settings });
  // One proxy, the load balancer.
  const at = place(deployment, frontStack, front.url, 1);
  const common = { deployment, front, at };

  // 3 images
  const images = deployment.stack('images', 'images');
  containerService(images, { ...common, service: 'images', needs: imagesNeeds(kept) });

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
