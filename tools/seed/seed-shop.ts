import { type AdminApi, adminApi, expectStatus } from './admin-api.ts';
import { productPicture } from './product-picture.ts';
import { type SeedProduct, seedProducts } from './products/index.ts';
import { uploadPicture } from './upload-picture.ts';

export interface SeedProgress {
  readonly product: SeedProduct;
  /** `skipped`: the product existed, with its stock and picture. */
  readonly outcome: 'created' | 'skipped';
  readonly done: number;
  readonly total: number;
}

export interface SeedOptions {
  readonly baseUrl: string;
  readonly adminToken: string;
  readonly onProgress?: (progress: SeedProgress) => void;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
  /** Returns a product's picture as a JPEG. Default: the SVG files in `pictures/`, rendered. */
  readonly pictureOf?: (product: SeedProduct) => Promise<Uint8Array>;
  /** The longest time from the upload of a picture until the catalog shows it. Default: 60 s. */
  readonly attachTimeoutMs?: number;
  /** Products seeded at the same time. Default: 16, because they mostly wait for the images worker and for messages. */
  readonly atOnce?: number;
  /** Seeds only the first `products` products. Default: all. */
  readonly products?: number;
}

/**
 * Fills a shop through its public API: products, one delivery of stock each, and pictures. What exists already is not
 * changed, so a second run completes an interrupted one.
 *
 * @throws UserError for an unexpected response or a timeout; the signal's reason when it is aborted
 */
export async function seedShop(
  options: SeedOptions,
): Promise<{ created: number; skipped: number }> {
  const { baseUrl, adminToken, signal, onProgress } = options;
  const { pictureOf = productPicture, attachTimeoutMs = 60_000, atOnce = 16 } = options;
  const call = options.fetch ?? fetch;
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const api = adminApi({ baseUrl, adminToken, fetch: call, signal: stop });
  const wanted = seedProducts.slice(0, options.products);
  const total = wanted.length;
  const queue = wanted.values();
  let created = 0;
  let skipped = 0;

  const takeFromQueue = async (): Promise<void> => {
    for (const product of queue) {
      const outcome = await seedProduct(api, product, pictureOf, { attachTimeoutMs, signal: stop });
      if (outcome === 'created') created += 1;
      else skipped += 1;
      onProgress?.({ product, outcome, done: created + skipped, total });
    }
  };
  const worker = () =>
    takeFromQueue().catch((error: unknown) => {
      // The first failure also aborts the requests of the other workers.
      failed.abort(error);
      throw error;
    });
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  signal?.throwIfAborted();
  if (ended.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
  return { created, skipped };
}

/** Creates a product unless it exists, books its delivery once, and uploads its picture unless it has one. */
async function seedProduct(
  api: AdminApi,
  product: SeedProduct,
  pictureOf: (product: SeedProduct) => Promise<Uint8Array>,
  limits: { attachTimeoutMs: number; signal: AbortSignal },
): Promise<'created' | 'skipped'> {
  const { id, name, description, category, price, stock } = product;
  const wanted = { id, name, description, category, price };
  const made = await api.post('/catalog/products', wanted);
  expectStatus(`Product ${id}`, made, 201, 409);

  if (stock > 0) {
    const delivery = { receiptId: `seed-${id}`, quantity: stock };
    const booked = await api.post(`/catalog/products/${id}/stock`, delivery);
    expectStatus(`Stock of ${id}`, booked, 200);
  }

  const found = await api.get<{ image: { imageId: string } | null }>(`/catalog/products/${id}`);
  const hasPicture = expectStatus(`Product ${id}`, found, 200).image !== null;
  if (!hasPicture) await uploadPicture(api, id, await pictureOf(product), limits);
  return made.status === 409 && hasPicture ? 'skipped' : 'created';
}
