import type { Variant } from '@triptych/base/variants';
import { createAdminAccount } from '../admin/create-admin.ts';
import { ShopClient } from '../order/shop-client.ts';
import type { Shop } from './shop.ts';

/** The passwords are public: only local shops, which listen on loopback, get these accounts. */
export const DEMO_CUSTOMER = { email: 'customer@triptych.example', password: 'three-ways-to-shop' };
export const DEMO_ADMIN = { email: 'admin@triptych.example', password: 'three-ways-to-admin' };

/** The admin's access token in each variant. */
export type AdminTokens = Partial<Record<Variant, string>>;

/** The parts of a shop that {@link prepareAccounts} needs: the variants' addresses and their AWS endpoint. */
export interface ShopToPrepare extends Pick<Shop, 'variants' | 'baseUrl'> {
  readonly cloud: Pick<Shop['cloud'], 'endpointUrl'>;
}

/**
 * Creates the demo accounts in each variant and logs the admin in. Idempotent.
 * @returns the admin's access token for each variant
 * @throws UserError when a variant does not answer
 */
export async function prepareAccounts(shop: ShopToPrepare): Promise<AdminTokens> {
  const tokens: AdminTokens = {};
  for (const variant of shop.variants) {
    const client = new ShopClient(shop.baseUrl[variant]);
    await createAdminAccount({
      variant,
      endpointUrl: shop.cloud.endpointUrl,
      ...DEMO_ADMIN,
    });
    await client.post('/auth/register', DEMO_CUSTOMER);
    const { accessToken } = await client.post<{ accessToken: string }>('/auth/login', DEMO_ADMIN);
    tokens[variant] = accessToken;
  }
  return tokens;
}
