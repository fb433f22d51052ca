import type { EventDraft } from '@triptych/events';
import type { Filter, Sort } from './listing.ts';
import type { Category, Product, Stock } from './product.ts';
import type { Reservation, Return } from './reservation.ts';
import type { ImageContentType, Upload } from './upload.ts';

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export interface Ids {
  /** A new id matching `[A-Za-z0-9_-]{1,64}`. */
  next(): string;
}

export interface PageQuery extends Filter {
  readonly sort: Sort;
  /** `next` of the previous {@link Page}, which must have the same filter and sort. */
  readonly after?: string;
  readonly limit: number;
}

export interface Page {
  readonly products: readonly Product[];
  /** Position of the last product; absent on the last page. */
  readonly next?: string;
}

export interface ProductStore {
  /**
   * Creates the product with its list entries and counts it in its category, in one transaction.
   * `exists`: the id is taken, perhaps by a removed product.
   */
  create(product: Product): Promise<'created' | 'exists'>;
  /**
   * Writes the version and the fields a customer reads (except stock and image), and updates lists,
   * words and category counts, in one transaction. `changed`: the stored product no longer has the
   * version of `before`, or it was removed.
   */
  change(before: Product, after: Product): Promise<'done' | 'changed'>;
  /**
   * Removes the product from the shop, under the same condition as `change`. Afterwards its stock
   * can only be moved by orders that already hold or bought it.
   * @param at RFC 3339, UTC
   */
  remove(product: Product, at: string): Promise<'done' | 'changed'>;
  find(productId: string): Promise<Product | undefined>;
  /** The existing products among these ids (at most 40), read consistently. */
  findAll(productIds: readonly string[]): Promise<Product[]>;
  /**
   * One page of the products that match the filter, in the order of the sort. A search considers
   * the newest 1,000 products that have its longest word.
   */
  page(query: PageQuery): Promise<Page>;
  /** The categories that have products, among the first 200 by slug. */
  categories(): Promise<Category[]>;
}

export interface Receipt {
  readonly productId: string;
  readonly receiptId: string;
  /** Negative for an adjustment. */
  readonly quantity: number;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
}

export interface StockStore {
  /**
   * Books a receipt once. `repeated`: it was booked before; `receipt-differs`: it was booked with
   * another quantity; `too-few`: the adjustment is larger than the available stock.
   */
  receive(
    receipt: Receipt,
  ): Promise<
    | { outcome: 'received' | 'repeated'; stock: Stock }
    | { outcome: 'unknown-product' | 'receipt-differs' | 'too-few' }
  >;
}

/**
 * Every write and its events are one transaction. `known`: the order already has an unexpired
 * record. `changed`: the data the decision was based on has changed; read it and decide again.
 */
export interface ReservationStore {
  /** May return an expired record; see `unexpired`. */
  findReservation(orderId: string): Promise<Reservation | undefined>;
  /** Moves all lines from available to held, if each is available at its quoted price. */
  reserve(
    reservation: Reservation,
    currency: string,
    events: readonly EventDraft[],
  ): Promise<'done' | 'known' | 'changed'>;
  /** Writes a record that moves no stock: a rejection or a tombstone. */
  record(reservation: Reservation, events: readonly EventDraft[]): Promise<'done' | 'known'>;
  /** Moves all lines of a held reservation to sold (`committed`) or to available (`released`). */
  settle(reservation: Reservation): Promise<'done' | 'changed'>;
  /** Adds a return to a committed reservation and moves its lines from sold to available. */
  restock(reservation: Reservation, returned: Return): Promise<'done' | 'changed'>;
}

export interface UploadStore {
  /**
   * Records a new upload as the product's latest.
   * @throws AppError unavailable `uploads-contended`
   */
  begin(upload: Upload): Promise<'begun' | 'unknown-product'>;
  /** May return an expired upload; see `unexpired`. */
  findUpload(imageId: string): Promise<Upload | undefined>;
  /** The product's upload that was begun last. May have expired. */
  latestUpload(productId: string): Promise<Upload | undefined>;
  /**
   * Accepts a pending upload. It becomes the product's image unless a newer upload already is. A
   * decided upload stays unchanged.
   * @param at RFC 3339, UTC
   */
  attach(upload: Upload, at: string): Promise<void>;
  /** Rejects a pending upload. A decided upload stays unchanged. */
  reject(upload: Upload, code: string): Promise<void>;
}

/** The catalog's whole storage. */
export type CatalogStore = ProductStore & StockStore & ReservationStore & UploadStore;

/**
 * A form that uploads a file to the bucket: a browser posts these fields, then `file`, to `url`.
 */
export interface UploadTicket {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface UploadTickets {
  /** The ticket allows this content type and `MAX_UPLOAD_BYTES`, for `TICKET_SECONDS`. */
  issue(upload: { imageId: string; contentType: ImageContentType }): Promise<UploadTicket>;
}
