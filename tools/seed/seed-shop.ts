import { type AdminApi, adminApi, expectStatus } from './admin-api.ts';
import { drawProductPicture } from './draw/index.ts';
import { type SeedProduct, seedProducts } from './products/index.ts';
import { uploadPicture } from './upload-picture.ts';

export interface SeedProgress {
  readonly product: SeedProduct;
  /** `skipped`: it was there, with stock and picture. */
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
  /** Makes a product's picture, a JPEG; the project's own drawings unless told. */
  readonly draw?: (product: SeedProduct) => Promise<Uint8Array>;
  /** How long one picture may take from upload to catalog; 60 s unless told. */
  readonly attachTimeoutMs?: number;
  /** Products worked on at once; 16 unless told: mostly they wait for the images worker and for messages. */
  readonly atOnce?: number;
  /** The first so many products only; all unless told. */
  readonly products?: number;
}

/**
 * Fills a shop through its public API: products, one delivery of stock each, pictures. Whatever is
 * there already stays as it is, so a seed that broke off is completed by the next one.
 *
 * @throws UserError for an answer that makes no sense or a wait that is over; the signal's reason
 */
export async function seedShop(
  options: SeedOptions,
): Promise<{ created: number; skipped: number }> {
  const { baseUrl, adminToken, signal, onProgress } = options;
  const { draw = drawProductPicture, attachTimeoutMs = 60_000, atOnce = 16 } = options;
  const call = options.fetch ?? fetch;
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const api = adminApi({ baseUrl, adminToken, fetch: call, signal: stop });
  const wanted = seedProducts.slice(0, options.products);
  const total = wanted.length;
  const waiting = wanted.values();
  let created = 0;
  let skipped = 0;

  const workOff = async (): Promise<void> => {
    for (const product of waiting) {
      const outcome = await seedProduct(api, product, draw, { attachTimeoutMs, signal: stop });
      if (outcome === 'created') created += 1;
      else skipped += 1;
      onProgress?.({ product, outcome, done: created + skipped, total });
    }
  };
  const worker = () =>
    workOff().catch((error: unknown) => {
      // The first failure ends the others' requests too, instead of letting them run on unseen.
      failed.abort(error);
      throw error;
    });
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  signal?.throwIfAborted();
  if (ended.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
  return { created, skipped };
}

/** One product: created unless it is there, its delivery booked once, its picture uploaded unless it has one. */
async function seedProduct(
  api: AdminApi,
  product: SeedProduct,
  draw: (product: SeedProduct) => Promise<Uint8Array>,
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
  if (!hasPicture) await uploadPicture(api, id, await draw(product), limits);
  return made.status === 409 && hasPicture ? 'skipped' : 'created';
}
