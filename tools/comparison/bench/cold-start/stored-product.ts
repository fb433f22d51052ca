import { dynamoCatalog } from '@triptych/catalog/adapters';
import { startDataPlane } from '@triptych/local-cloud';
import { dynamo } from '@triptych/platform/aws';
import { dynamoOutbox } from '@triptych/platform/outbox';

/** A table with one product, on an endpoint in this process. */
export interface StoredProduct {
  readonly endpointUrl: string;
  readonly table: string;
  readonly path: string;
  stop(): Promise<void>;
}

export async function storeProduct(): Promise<StoredProduct> {
  const plane = await startDataPlane();
  // The platform's clients read the endpoint from the environment.
  Object.assign(process.env, plane.environment);
  const table = await plane.createTable({ name: 'bench-catalog' });
  const at = { client: dynamo(), table };
  const relay = { committed: () => {} };
  const store = dynamoCatalog({ ...at, outbox: dynamoOutbox(at), relay });
  const createdAt = '2026-01-01T00:00:00.000Z';
  const id = 'stoneware-mug';
  await store.create({
    id,
    name: 'Stoneware mug',
    description: 'Thrown by hand, glazed in two coats, holds 330 ml.',
    category: 'kitchen',
    price: { amountCents: 2450, currency: 'usd' },
    stock: { available: 12, held: 0, sold: 0, received: 12, adjustments: 0 },
    version: 1,
    createdAt,
    updatedAt: createdAt,
  });
  return {
    endpointUrl: plane.endpointUrl,
    table,
    path: `/catalog/products/${id}`,
    stop: () => plane.stop(),
  };
}
