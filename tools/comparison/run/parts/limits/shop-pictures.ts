import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AdminApi, adminApi, expectStatus } from '@triptych/seed/admin-api';
import { postPicture } from '@triptych/seed/upload-picture';
import { ShopClient } from '@triptych/shop/order/shop-client';
import type { ComparedTarget } from '../../part.ts';

const POLL_MS = 100;
const REMOVE_TIMEOUT_MS = 10_000;

export interface Upload {
  /** `refused`: storage rejected the upload; `rejected`: the images worker rejected the picture; `late`: no verdict in time. */
  readonly outcome: 'attached' | 'refused' | 'rejected' | 'late';
  readonly imageId: string;
  /** The status that storage answered. */
  readonly status: number;
}

/** Uploads pictures as the shop's admin, each with its own product, and removes the products afterwards. */
export class ShopPictures {
  readonly #api: AdminApi;
  readonly #remove: (productId: string) => Promise<unknown>;
  readonly #products: string[] = [];

  private constructor(api: AdminApi, remove: (productId: string) => Promise<unknown>) {
    this.#api = api;
    this.#remove = remove;
  }

  static async open(
    { baseUrl, admin }: ComparedTarget,
    signal: AbortSignal,
  ): Promise<ShopPictures> {
    const { accessToken } = await new ShopClient(baseUrl).post<{ accessToken: string }>(
      '/auth/login',
      admin,
    );
    const headers = { authorization: `Bearer ${accessToken}` };
    return new ShopPictures(adminApi({ baseUrl, adminToken: accessToken, fetch, signal }), (id) =>
      fetch(`${baseUrl}/catalog/products/${id}`, {
        method: 'DELETE',
        headers,
        signal: AbortSignal.timeout(REMOVE_TIMEOUT_MS),
      }),
    );
  }

  /** Uploads a picture and waits for its verdict. @throws UserError for an unexpected answer */
  async upload(picture: Buffer, timeoutMs: number): Promise<Upload> {
    const api = this.#api;
    const endsAt = performance.now() + timeoutMs;
    const id = `compare-${randomUUID()}`;
    const price = { amountCents: 100, currency: 'usd' };
    const product = { id, name: 'Compared', description: 'A probe.', category: 'desk', price };
    expectStatus('a product', await api.post('/catalog/products', product), 201);
    this.#products.push(id);
    const { path, imageId, posted } = await postPicture(api, id, picture);
    const { status } = posted;
    if (status >= 300) return { outcome: 'refused', imageId, status };
    while (performance.now() < endsAt) {
      const { body } = await api.get<{ status: string }>(path);
      if (body.status === 'attached' || body.status === 'rejected') {
        return { outcome: body.status, imageId, status };
      }
      await sleep(POLL_MS);
    }
    return { outcome: 'late', imageId, status };
  }

  /** Removes the added products. */
  async removeAll(): Promise<void> {
    for (const id of this.#products.splice(0)) await this.#remove(id);
  }
}
