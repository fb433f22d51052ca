import { seconds } from '@triptych/base/seconds';
import type { Variant } from '@triptych/base/variants';
import type { AdminTokens } from '@triptych/shop/start/demo-accounts';
import type { Shop } from '@triptych/shop/start/shop';
import colors from 'picocolors';
import { seedShop } from './index.ts';

/**
 * Products seeded at the same time, for variants that do not use the default. In serverless, each additional product
 * needs another sandbox of three functions. Starting those takes longer than waiting for one that already runs.
 */
const AT_ONCE: Partial<Record<Variant, number>> = { serverless: 4 };

/**
 * Seeds the variants through their public APIs, one after the other, and prints a line for each.
 * @param products seeds only the first `products` products; default: all
 * @throws Error when a variant has no admin token
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
      ...(AT_ONCE[variant] && { atOnce: AT_ONCE[variant] }),
      ...(products && { products }),
    });
    const detail = `${created} products with pictures${skipped ? `, ${skipped} were there` : ''}`;
    print(
      `${colors.green('✓')} ${seconds(performance.now() - since)}  seeded       ${variant}: ${detail}`,
    );
  }
}
