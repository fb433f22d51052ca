import { type Account, registerAccounts } from './accounts.ts';
import { readAssortment, stockUp } from './assortment.ts';
import { Journey, logInAll } from './journey.ts';
import { ShopConnection } from './shop-connection.ts';

/**
 * Prepares the data for a journey: customers with tokens, products in stock, pictures.
 * @throws Error if the shop does not answer, rejects a request or is empty
 */
export async function prepareJourney(options: {
  readonly baseUrl: string;
  readonly admin: Account;
  /** Number of accounts. With 0, nothing is written to the shop. */
  readonly accounts: number;
}): Promise<Journey> {
  const shop = new ShopConnection(options.baseUrl);
  try {
    const assortment = await readAssortment(shop);
    if (options.accounts > 0) await stockUp(shop, assortment, options.admin);
    const registered = await registerAccounts(shop, options.accounts);
    return new Journey(shop, { accounts: await logInAll(shop, registered), assortment });
  } catch (error) {
    shop.close();
    throw error;
  }
}
