import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../../conformance/support/http.ts';
import {
  adminToken,
  newCustomer,
  newProduct,
  orderOf,
  place,
  settled,
  unique,
} from '../../conformance/support/shop.ts';
import { seed, seededRandom } from '../../faults/support/seeded.ts';
import { faults, healthy } from './support/containers.ts';
import { expectBalancedBooks } from './support/expect-balanced-books.ts';

const ORDERS = 12;
const services = ['payments', 'catalog'] as const;
const random = seededRandom();
/** Messages that a lost container had received become visible to the next one after 30 s. */
const SETTLE_TIMEOUT_MS = 180_000;

afterEach(() => Promise.all(services.map(healthy)));

test.for(faults)(
  `no order is lost or charged twice if containers of payments and catalog are $name during ${ORDERS} orders (seed ${seed})`,
  { timeout: 8 * 60_000 },
  async ({ strike, mend }, context) => {
    const admin = await adminToken(context);
    const product = await newProduct(admin, { stock: ORDERS, priceCents: 1000 });
    const { token } = await newCustomer();

    const striking = (async () => {
      for (const service of [...services, services[Math.floor(random() * services.length)]]) {
        if (!service) continue;
        await sleep(200 + random() * 1_000);
        await strike(service);
        await sleep(300 + random() * 4_000);
        await mend(service);
        await healthy(service);
      }
    })();
    const placing = Promise.all(
      Array.from({ length: ORDERS }, async () => {
        await sleep(random() * 8_000);
        return placeUntilAccepted(token, orderOf(product));
      }),
    );
    const [accepted] = await Promise.all([placing, striking]);

    const ended = await Promise.all(accepted.map((id) => settled(token, id, SETTLE_TIMEOUT_MS)));
    expect(ended.map(({ state }) => state)).toEqual(accepted.map(() => 'confirmed'));
    expect(new Set(accepted).size, 'an order for each key').toBe(ORDERS);
    await expectBalancedBooks({ admin, productId: product.id, sold: ORDERS, orderIds: accepted });
  },
);

/** Retries with one idempotency key until the order is accepted, as a client should. */
async function placeUntilAccepted(token: string, body: unknown): Promise<string> {
  const key = unique('key');
  const answer = await eventually(
    () => place(token, body, key).catch(() => undefined),
    (got) => got?.status === 202,
    120_000,
  );
  return answer?.json.id ?? '';
}
