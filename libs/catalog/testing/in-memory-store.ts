import type { EventDraft } from '@triptych/events';
import {
  type CatalogStore,
  categoryName,
  matches,
  type Product,
  pageOf,
  type Reservation,
  type Stock,
  type Upload,
  unexpired,
} from '../core/index.ts';
import { productNamed } from './products.ts';

export interface InMemoryStore extends CatalogStore {
  /** The events of all writes. */
  readonly events: EventDraft[];
  /** The stock of a product, even a removed one. */
  stockOf(productId: string): Stock;
}

/** The store in memory, for unit tests. It passes the same contract as `dynamoCatalog`. */
export function inMemoryStore(): InMemoryStore {
  const products = new Map<string, Product>();
  const removed = new Set<string>();
  const receipts = new Map<string, number>();
  const reservations = new Map<string, Reservation>();
  const uploads = new Map<string, Upload & { number: number }>();
  const events: EventDraft[] = [];

  const inShop = (id: string) => (removed.has(id) ? undefined : products.get(id));
  const shown = () => [...products.values()].filter(({ id }) => !removed.has(id));

  function move(productId: string, change: Partial<Record<keyof Stock, number>>): void {
    const product = products.get(productId);
    if (!product) return;
    const stock = { ...product.stock };
    for (const [part, by] of Object.entries(change)) stock[part as keyof Stock] += by;
    products.set(productId, { ...product, stock });
  }

  function put(reservation: Reservation): boolean {
    if (unexpired(reservations.get(reservation.orderId), reservation.changedAtMs)) return false;
    reservations.set(reservation.orderId, reservation);
    return true;
  }

  return {
    events,
    stockOf: (id) => products.get(id)?.stock ?? productNamed(id).stock,
    async create(product) {
      if (products.has(product.id)) return 'exists';
      products.set(product.id, product);
      return 'created';
    },
    async change(before, after) {
      const now = inShop(after.id);
      if (now?.version !== before.version) return 'changed';
      const { name, description, category, price, version, updatedAt } = after;
      const texts = { name, description, category, price, version, updatedAt };
      products.set(after.id, { ...now, ...texts });
      return 'done';
    },
    async remove({ id, version }) {
      if (inShop(id)?.version !== version) return 'changed';
      removed.add(id);
      return 'done';
    },
    find: async (id) => inShop(id),
    findAll: async (ids) => ids.flatMap((id) => inShop(id) ?? []),
    async page(query) {
      const all = shown().filter((product) => matches(product, query));
      const { items, next } = pageOf(all, query);
      return next === undefined ? { products: items } : { products: items, next };
    },
    async categories() {
      const counts = new Map<string, number>();
      for (const { category } of shown()) {
        counts.set(category, (counts.get(category) ?? 0) + 1);
      }
      const slugs = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
      return slugs.map(([slug, count]) => ({ slug, name: categoryName(slug), products: count }));
    },

    async receive({ productId, receiptId, quantity }) {
      const product = inShop(productId);
      if (!product) return { outcome: 'unknown-product' };
      const booked = receipts.get(`${productId}/${receiptId}`);
      if (booked === quantity) return { outcome: 'repeated', stock: product.stock };
      if (booked !== undefined) return { outcome: 'receipt-differs' };
      if (product.stock.available + quantity < 0) return { outcome: 'too-few' };
      receipts.set(`${productId}/${receiptId}`, quantity);
      const account = quantity > 0 ? 'received' : 'adjustments';
      move(productId, { available: quantity, [account]: quantity });
      return { outcome: 'received', stock: products.get(productId)?.stock ?? product.stock };
    },

    findReservation: async (orderId) => reservations.get(orderId),
    async reserve(reservation, currency, drafts) {
      const holds = reservation.lines.every(({ productId, quantity, unitPriceCents }) => {
        const { price, stock } = inShop(productId) ?? {};
        const priced = price?.amountCents === unitPriceCents && price.currency === currency;
        return priced && stock !== undefined && stock.available >= quantity;
      });
      if (unexpired(reservations.get(reservation.orderId), reservation.changedAtMs)) return 'known';
      if (!holds) return 'changed';
      put(reservation);
      for (const { productId, quantity } of reservation.lines) {
        move(productId, { available: -quantity, held: quantity });
      }
      events.push(...drafts);
      return 'done';
    },
    async record(reservation, drafts) {
      if (!put(reservation)) return 'known';
      events.push(...drafts);
      return 'done';
    },
    async settle(reservation) {
      if (reservations.get(reservation.orderId)?.state !== 'held') return 'changed';
      reservations.set(reservation.orderId, reservation);
      const target = reservation.state === 'committed' ? 'sold' : 'available';
      for (const { productId, quantity } of reservation.lines) {
        move(productId, { held: -quantity, [target]: quantity });
      }
      return 'done';
    },
    async restock({ orderId, returns = [] }, returned) {
      const now = reservations.get(orderId);
      const known = now?.returns ?? [];
      if (now?.state !== 'committed' || known.length !== returns.length) return 'changed';
      reservations.set(orderId, { ...now, returns: [...known, returned] });
      for (const { productId, quantity } of returned.lines) {
        move(productId, { sold: -quantity, available: quantity });
      }
      return 'done';
    },

    async begin(upload) {
      if (!inShop(upload.productId)) return 'unknown-product';
      uploads.set(upload.imageId, { ...upload, number: uploads.size + 1 });
      return 'begun';
    },
    async findUpload(imageId) {
      const { number: _, ...upload } = uploads.get(imageId) ?? {};
      return 'imageId' in upload ? (upload as Upload) : undefined;
    },
    async latestUpload(productId) {
      const { number: _, ...upload } =
        [...uploads.values()].findLast((candidate) => candidate.productId === productId) ?? {};
      return 'imageId' in upload ? (upload as Upload) : undefined;
    },
    async attach({ imageId, productId }, at) {
      const upload = uploads.get(imageId);
      const product = inShop(productId);
      if (upload?.status !== 'pending') return;
      const { expiresAtSeconds: _, ...kept } = upload;
      uploads.set(imageId, { ...kept, status: 'attached' });
      const shownNumber = uploads.get(product?.imageId ?? '')?.number ?? 0;
      if (!product || upload.number < shownNumber) return;
      products.set(productId, { ...product, imageId, version: product.version + 1, updatedAt: at });
    },
    async reject({ imageId }, code) {
      const upload = uploads.get(imageId);
      if (upload?.status !== 'pending') return;
      const { expiresAtSeconds: _, ...kept } = upload;
      uploads.set(imageId, { ...kept, status: 'rejected', code });
    },
  };
}
