import type { Variant } from '@triptych/base/variants';
import type { ComposeAddresses } from '@triptych/docker/addresses';
import type { Narrator } from '@triptych/docker/narrator';
import { prepareAccounts } from '@triptych/shop/start/demo-accounts';
import { seedShop } from './index.ts';

/**
 * Products worked on at once. Each step of a product starts containers of functions where none is idle, and on a small
 * machine a burst of them queues up behind its own cold starts.
 */
const atOnce = 3;
/** A picture waits for a function's container, or for a queue that LocalStack polls. */
const attachTimeoutMs = 4 * 60_000;

/** Makes the demo accounts of a variant and fills it through its public API. Safe to repeat. */
export async function fillVariant(
  variant: Variant,
  { baseUrl, endpointUrl }: ComposeAddresses,
  tell: Narrator,
  signal: AbortSignal,
): Promise<void> {
  let since = performance.now();
  tell.now(`making the demo accounts of ${variant}`);
  const tokens = await prepareAccounts({ variants: [variant], baseUrl, cloud: { endpointUrl } });
  tell.done('accounts', variant, performance.now() - since);
  since = performance.now();
  const { created, skipped } = await seedShop({
    baseUrl: baseUrl[variant],
    adminToken: tokens[variant] ?? '',
    atOnce,
    attachTimeoutMs,
    signal,
    onProgress: ({ done, total }) => tell.now(`seeding ${variant}: ${done} of ${total} products`),
  });
  const detail = `${created} products with pictures${skipped ? `, ${skipped} were there` : ''}`;
  tell.done('seeded', `${variant}: ${detail}`, performance.now() - since);
}
