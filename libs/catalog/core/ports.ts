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
  /** A fresh id matching `[A-Za-z0-9_-]{1,64}`. */
  next(): string;
}

export interface PageQuery extends Filter {
  readonly sort: Sort;
  /** Position of the last product of the page before; from a {@link Page} of the same filter and sort. */
  readonly after?: string;
  readonly limit: number;
}

export interface Page {
  readonly products: readonly Product[];
  /** Position to go on from; absent on the last page. */
  readonly next?: string;
}

export interface ProductStore {
  /** Creates the product, lists it and counts it in its category, all or nothing. The id of a removed one is taken. */
  create(product: Product): Promise<'created' | 'exists'>;
  /**
   * Writes what customers read of `after` (not its stock or image) with its lists, words and category, if the product
   * still has the version of `before`; `changed` when it has not, or is gone.
   */
  change(before: Product, after: Product): Promise<'done' | 'changed'>;
  /** From then on the product is absent here, and its stock only settles; under the same condition as a change. */
  remove(product: Product, at: string): Promise<'done' | 'changed'>;
  find(productId: string): Promise<Product | undefined>;
  /** The products that exist among these ids (at most 40), as they are now. */
  findAll(productIds: readonly string[]): Promise<Product[]>;
  /**
   * Products that belong into the list, in the order of its sort. A search looks at the newest 1,000 products with its
   * longest word.
   */
  page(query: PageQuery): Promise<Page>;
  /** Categories by slug that have a product; of the first 200 that ever had one. */
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
  /** Books a receipt once; `repeated` when the same one was booked before. `too-few`: not so many are available. */
  receive(
    receipt: Receipt,
  ): Promise<
    | { outcome: 'received' | 'repeated'; stock: Stock }
    | { outcome: 'unknown-product' | 'receipt-differs' | 'too-few' }
  >;
}

/**
 * Every write takes effect in one transaction with its events, or not at all. `known`: a live record of the order was
 * there already. `changed`: what the decision was based on has changed; read and decide again.
 */
export interface ReservationStore {
  /** Expired records may be returned; see `live`. */
  findReservation(orderId: string): Promise<Reservation | undefined>;
  /** Moves all lines from available to held, if each has enough and costs what was quoted in this currency. */
  reserve(
    reservation: Reservation,
    currency: string,
    events: readonly EventDraft[],
  ): Promise<'done' | 'known' | 'changed'>;
  /** Writes a record that moves no stock: a rejection or a tombstone. */
  record(reservation: Reservation, events: readonly EventDraft[]): Promise<'done' | 'known'>;
  /** Moves all lines of a held reservation to sold (`committed`) or back to available (`released`). */
  settle(reservation: Reservation): Promise<'done' | 'changed'>;
  /** Adds a return to a committed reservation and moves its lines from sold to available. */
  restock(reservation: Reservation, returned: Return): Promise<'done' | 'changed'>;
}

export interface UploadStore {
  /** Remembers a new upload as the product's latest. */
  begin(upload: Upload): Promise<'begun' | 'unknown-product'>;
  /** Expired uploads may be returned; see `live`. */
  findUpload(imageId: string): Promise<Upload | undefined>;
  /** The upload begun last for the product. */
  latestUpload(productId: string): Promise<Upload | undefined>;
  /** Decides a pending upload: it becomes the product's image unless a newer one is. Decided ones stay as they are. */
  attach(upload: Upload, at: string): Promise<void>;
  reject(upload: Upload, code: string): Promise<void>;
}

/** Everything the catalog keeps. */
export type CatalogStore = ProductStore & StockStore & ReservationStore & UploadStore;

/** What a browser needs to send a file straight to the store: a form POST with these fields and then `file`. */
export interface UploadTicket {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface UploadTickets {
  /** Valid for `uploadRules`: this content type, this size, this long. */
  issue(upload: { imageId: string; contentType: ImageContentType }): Promise<UploadTicket>;
}
