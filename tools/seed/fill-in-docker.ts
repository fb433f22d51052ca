import type { Variant } from '@triptych/base/variants';
import type { ComposeAddresses } from '@triptych/docker/addresses';
import type { Narrator } from '@triptych/docker/narrator';
import { prepareAccounts } from '@triptych/shop/start/demo-accounts';
import { seedShop } from './index.ts';

/**
 * Products seeded at the same time. Every concurrent request needs its own container of a function. On a small machine,
 * more products would only wait for cold starts.
 */
const AT_ONCE = 3;
/** A picture may wait for the container of a function, or for LocalStack to poll a queue. */
const ATTACH_TIMEOUT_MS = 4 * 60_000;

/** Creates the demo accounts of a variant and fills its shop through the public API. Safe to repeat. */
export async function fillVariant(
  variant: Variant,
  { baseUrl, endpointUrl }: ComposeAddresses,
  tell: Narrator,
  signal: AbortSignal,
): Promise<void> {
  let since = performance.now();
  tell.now(`creating the demo accounts of ${variant}`);
  const tokens = await prepareAccounts({ variants: [variant], baseUrl, cloud: { endpointUrl } });
  tell.done('accounts', variant, performance.now() - since);
  since = performance.now();
  const { created, skipped } = await seedShop({
    baseUrl: baseUrl[variant],
    adminToken: tokens[variant] ?? '',
    atOnce: AT_ONCE,
    attachTimeoutMs: ATTACH_TIMEOUT_MS,
    signal,
    onProgress: ({ done, total }) => tell.now(`seeding ${variant}: ${done} of ${total} products`),
  });
  const detail = `${created} products with pictures${skipped ? `, ${skipped} were there` : ''}`;
  tell.done('seeded', `${variant}: ${detail}`, performance.now() - since);
}
