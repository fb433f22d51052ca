import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type LoggedIn, logIn } from './accounts.ts';
import { expectAnswer, expectJson } from './answers.ts';
import type { Assortment } from './assortment.ts';
import { unmadePictures } from './pictures.ts';
import type { ShopConnection } from './shop-connection.ts';

/** The steps of a customer, in order. Each is one request, except the last, which waits for the confirmation of the order. */
export const JOURNEY_STEPS = [
  'browse',
  'picture',
  'log-in',
  'place-order',
  'order-confirmed',
] as const;
export type JourneyStep = (typeof JOURNEY_STEPS)[number];

/**
 * The interval between polls of an order, and so the resolution of the confirmation latency. Faster polling would put much more
 * load on a slow target than on a fast one.
 */
export const CONFIRMATION_POLL_MS = 50;
const UNFINISHED_STATES = ['placed', 'reserved', 'charging'];
/** The rendition shown in a list of products. */
const LIST_RENDITION = 'w320.webp';

/** The result of a step. */
export interface Step {
  /** Id of the step's trace in the shop's logs. */
  readonly traceId: string;
}

export interface PlacedOrder extends Step {
  readonly orderId: string;
  /** Time from sending the order until it was accepted (202). */
  readonly acceptedMs: number;
  /** Time from sending the order until a poll showed it as confirmed. */
  readonly confirmedMs: number;
}

/** An order as the shop shows it. */
export interface Order {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  /** Its states with ISO timestamps, oldest first. */
  readonly history: readonly { readonly state: string; readonly at: string }[];
}

/** The prepared data that the steps need. It is plain data, so it can be sent to another thread. */
export interface JourneyFixtures {
  readonly accounts: readonly LoggedIn[];
  readonly assortment: Assortment;
}

/** The steps of customers of one shop, who take turns. All data is prepared in advance, so that only the step itself is measured. */
export class Journey {
  readonly shop: ShopConnection;
  readonly fixtures: JourneyFixtures;
  readonly #unmade: Iterator<string>;
  #turn = 0;

  constructor(shop: ShopConnection, fixtures: JourneyFixtures) {
    this.shop = shop;
    this.fixtures = fixtures;
    this.#unmade = unmadePictures(shop.baseUrl, fixtures.assortment.pictures);
  }

  /** Requests the first page of the catalog. */
  async browse(signal?: AbortSignal): Promise<Step> {
    return this.#get('/catalog/products?limit=20', signal);
  }

  /** Requests a picture of the product list. It exists after its first request. */
  async picture(signal?: AbortSignal): Promise<Step> {
    const imageId = this.#next(this.fixtures.assortment.pictures);
    return this.#get(`/images/${imageId}/${LIST_RENDITION}`, signal);
  }

  /** Requests a rendition that does not exist yet and so has to be rendered. @throws Error if all exist */
  async newPicture(signal?: AbortSignal): Promise<Step> {
    const { value, done } = this.#unmade.next();
    if (done) throw new Error('every rendition of every picture has been requested');
    return this.#get(`/images/${value}`, signal);
  }

  async logIn(signal?: AbortSignal): Promise<Step> {
    const { traceId, headers } = newTrace();
    await logIn(this.shop, this.#account(), { headers, ...(signal && { signal }) });
    return { traceId };
  }

  /** Orders one product, and returns as soon as the order is accepted. @throws UnexpectedAnswer if it is rejected */
  async place(signal?: AbortSignal): Promise<{ traceId: string; order: Order; token: string }> {
    const { token } = this.#account();
    const product = this.#next(this.fixtures.assortment.sold);
    const { traceId, headers } = newTrace();
    const order = await expectJson<Order>(
      this.shop,
      {
        method: 'POST',
        path: '/payments/orders',
        headers: {
          ...headers,
          authorization: `Bearer ${token}`,
          'idempotency-key': randomUUID(),
        },
        json: {
          lines: [{ productId: product.id, quantity: 1 }],
          expectedTotal: product.price,
          paymentMethod: 'pm_card_visa',
        },
        ...(signal && { signal }),
      },
      202,
    );
    return { traceId, order, token };
  }

  /** Reads an order until it has ended. */
  async ended(id: string, token: string, signal?: AbortSignal): Promise<Order> {
    for (;;) {
      await sleep(CONFIRMATION_POLL_MS, undefined, signal ? { signal } : {});
      const order = await this.read(id, token, signal);
      if (!UNFINISHED_STATES.includes(order.state)) return order;
    }
  }

  /** Reads an order. It is not part of a trace, because polling is not part of the order's work. */
  async read(id: string, token: string, signal?: AbortSignal): Promise<Order> {
    const headers = { authorization: `Bearer ${token}` };
    const poll = { method: 'GET', path: `/payments/orders/${id}`, headers } as const;
    return expectJson<Order>(this.shop, { ...poll, ...(signal && { signal }) }, 200);
  }

  /** Orders one product and waits for the confirmation. @throws Error if the order ends in another state */
  async order(signal?: AbortSignal): Promise<PlacedOrder> {
    const since = performance.now();
    const { traceId, order: placed, token } = await this.place(signal);
    const acceptedMs = performance.now() - since;
    const order = await this.ended(placed.id, token, signal);
    if (order.state !== 'confirmed') {
      throw new Error(`order ${order.id} is ${order.state} (${order.reason ?? 'no reason'})`);
    }
    return { traceId, orderId: order.id, acceptedMs, confirmedMs: performance.now() - since };
  }

  async #get(path: string, signal: AbortSignal | undefined): Promise<Step> {
    const { traceId, headers } = newTrace();
    await expectAnswer(this.shop, { method: 'GET', path, headers, ...(signal && { signal }) }, 200);
    return { traceId };
  }

  #account(): LoggedIn {
    return this.#next(this.fixtures.accounts);
  }

  #next<Item>(items: readonly Item[]): Item {
    const item = items[this.#turn % items.length];
    this.#turn += 1;
    if (item === undefined) throw new Error('a journey needs accounts, products and pictures');
    return item;
  }

  close(): void {
    this.shop.close();
  }
}

/** Logs the accounts in, a few at a time, to get tokens for orders. @throws UnexpectedAnswer if a log-in fails */
export async function logInAll(
  shop: ShopConnection,
  accounts: readonly Account[],
): Promise<LoggedIn[]> {
  const loggedIn: LoggedIn[] = [];
  for (let from = 0; from < accounts.length; from += CONCURRENT_LOG_INS) {
    const some = accounts.slice(from, from + CONCURRENT_LOG_INS);
    loggedIn.push(...(await Promise.all(some.map((account) => logIn(shop, account)))));
  }
  return loggedIn;
}

const CONCURRENT_LOG_INS = 4;

/** Creates a W3C trace context, which identifies the request's work in the shop's logs. */
function newTrace(): { traceId: string; headers: Record<string, string> } {
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  return { traceId, headers: { traceparent } };
}
