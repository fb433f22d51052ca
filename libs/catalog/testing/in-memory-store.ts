import type { EventDraft } from '@triptych/events';
import {
  type CatalogStore,
  categoryName,
  live,
  type Product,
  type Reservation,
  type Stock,
  type Upload,
} from '../core/index.ts';

export type InMemoryStore = CatalogStore & { readonly events: EventDraft[] };

/** The catalog's store in memory, for unit tests only; it passes the same contract as the real one. */
export function inMemoryStore(): InMemoryStore {
  const products = new Map<string, Product>();
  const receipts = new Map<string, number>();
  const reservations = new Map<string, Reservation>();
  const uploads = new Map<string, Upload & { number: number }>();
  const events: EventDraft[] = [];

  const positionOf = ({ category, createdAt, id }: Product) => `${category}#${createdAt}#${id}`;

  function move(productId: string, change: Partial<Record<keyof Stock, number>>): void {
    const product = products.get(productId);
    if (!product) return;
    const stock = { ...product.stock };
    for (const [part, by] of Object.entries(change)) stock[part as keyof Stock] += by;
    products.set(productId, { ...product, stock });
  }

  function put(reservation: Reservation): boolean {
    if (live(reservations.get(reservation.orderId), reservation.changedAtMs)) return false;
    reservations.set(reservation.orderId, reservation);
    return true;
  }

  return {
    events,
    async create(product) {
      if (products.has(product.id)) return 'exists';
      products.set(product.id, product);
      return 'created';
    },
    find: async (id) => products.get(id),
    findAll: async (ids) => ids.flatMap((id) => products.get(id) ?? []),
    async page({ category, after = '', limit }) {
      const rest = [...products.values()]
        .filter((product) => category === undefined || product.category === category)
        .sort((one, other) => (positionOf(one) < positionOf(other) ? -1 : 1))
        .filter((product) => positionOf(product) > after);
      const shown = rest.slice(0, limit);
      const end = shown.at(-1);
      return rest.length > limit && end
        ? { products: shown, next: positionOf(end) }
        : { products: shown };
    },
    async categories() {
      const counts = new Map<string, number>();
      for (const { category } of products.values()) {
        counts.set(category, (counts.get(category) ?? 0) + 1);
      }
      const slugs = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
      return slugs.map(([slug, count]) => ({ slug, name: categoryName(slug), products: count }));
    },

    async receive({ productId, receiptId, quantity }) {
      const product = products.get(productId);
      if (!product) return { outcome: 'unknown-product' };
      const booked = receipts.get(`${productId}/${receiptId}`);
      if (booked === quantity) return { outcome: 'repeated', stock: product.stock };
      if (booked !== undefined) return { outcome: 'receipt-differs' };
      receipts.set(`${productId}/${receiptId}`, quantity);
      move(productId, { available: quantity, received: quantity });
      return { outcome: 'received', stock: products.get(productId)?.stock ?? product.stock };
    },

    findReservation: async (orderId) => reservations.get(orderId),
    async reserve(reservation, currency, drafts) {
      const holds = reservation.lines.every(({ productId, quantity, unitPriceCents }) => {
        const { price, stock } = products.get(productId) ?? {};
        const priced = price?.amountCents === unitPriceCents && price.currency === currency;
        return priced && stock !== undefined && stock.available >= quantity;
      });
      if (live(reservations.get(reservation.orderId), reservation.changedAtMs)) return 'known';
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

    async begin(upload) {
      if (!products.has(upload.productId)) return 'unknown-product';
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
      const product = products.get(productId);
      if (upload?.status !== 'pending' || !product) return;
      const { expiresAtSeconds: _, ...kept } = upload;
      uploads.set(imageId, { ...kept, status: 'attached' });
      const shown = uploads.get(product.imageId ?? '')?.number ?? 0;
      if (upload.number < shown) return;
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
