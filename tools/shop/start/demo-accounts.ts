import type { Variant } from '@triptych/base/variants';
import { createAdminAccount } from '../admin/create-admin.ts';
import { ShopClient } from '../order/shop-client.ts';
import type { Shop } from './shop.ts';

/** Known passwords: these accounts are made only here, where everything listens on loopback. */
export const demoCustomer = { email: 'customer@triptych.example', password: 'three-ways-to-shop' };
export const demoAdmin = { email: 'admin@triptych.example', password: 'three-ways-to-admin' };

export type AdminTokens = Partial<Record<Variant, string>>;

/** What of a shop is asked for accounts: variants at their addresses, and the AWS endpoint behind them. */
export interface ShopToPrepare extends Pick<Shop, 'variants' | 'baseUrl'> {
  readonly cloud: Pick<Shop['cloud'], 'endpointUrl'>;
}

/** Makes the demo accounts in each variant and logs the admin in. Safe to repeat. */
export async function prepareAccounts(shop: ShopToPrepare): Promise<AdminTokens> {
  const tokens: AdminTokens = {};
  for (const variant of shop.variants) {
    const client = new ShopClient(shop.baseUrl[variant]);
    await createAdminAccount({
      variant,
      endpointUrl: shop.cloud.endpointUrl,
      ...demoAdmin,
    });
    await client.post('/auth/register', demoCustomer);
    const { accessToken } = await client.post<{ accessToken: string }>('/auth/login', demoAdmin);
    tokens[variant] = accessToken;
  }
  return tokens;
}
