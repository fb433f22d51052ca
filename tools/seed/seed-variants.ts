import { seconds } from '@triptych/base/seconds';
import type { Variant } from '@triptych/base/variants';
import type { AdminTokens } from '@triptych/shop/start/demo-accounts';
import type { Shop } from '@triptych/shop/start/shop';
import colors from 'picocolors';
import { seedShop } from './index.ts';

/**
 * Products at once, where it is fewer than elsewhere: each one more in serverless is another sandbox of three functions,
 * and starting those takes longer than waiting for one that runs.
 */
const atOnce: Partial<Record<Variant, number>> = { serverless: 4 };

/**
 * Seeds each variant through its public API, one after the other, and says how it goes.
 * @param products the first so many only; all unless told
 */
export async function seedVariants(
  shop: Shop,
  tokens: AdminTokens,
  print: (line: string) => void,
  products?: number,
): Promise<void> {
  for (const variant of shop.variants) {
    const since = performance.now();
    const adminToken = tokens[variant];
    if (!adminToken) throw new Error(`No admin token for ${variant}.`);
    const { created, skipped } = await seedShop({
      baseUrl: shop.baseUrl[variant],
      adminToken,
      ...(atOnce[variant] && { atOnce: atOnce[variant] }),
      ...(products && { products }),
    });
    const detail = `${created} products with pictures${skipped ? `, ${skipped} were there` : ''}`;
    print(
      `${colors.green('✓')} ${seconds(performance.now() - since)}  seeded       ${variant}: ${detail}`,
    );
  }
}
