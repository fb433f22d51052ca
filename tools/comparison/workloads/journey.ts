import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, type LoggedIn, logIn } from './accounts.ts';
import { expectAnswer, expectJson } from './answers.ts';
import type { Assortment } from './assortment.ts';
import { unmadePictures } from './pictures.ts';
import type { ShopConnection } from './shop-connection.ts';

/** What a customer does, in this order. All but the last are one request each; the last is the wait after the fourth. */
export const journeySteps = [
  'browse',
  'picture',
  'log-in',
  'place-order',
  'order-confirmed',
] as const;
export type JourneyStep = (typeof journeySteps)[number];

/**
 * Between two looks at whether the order is confirmed; so coarse is that latency. More often, and a slow target would get
 * much more load than a fast one.
 */
export const CONFIRMATION_POLL_MS = 50;
const unfinished = ['placed', 'reserved', 'charging'];
/** The picture of a list of products. */
const listPicture = 'w320.webp';

/** How one step went. */
export interface Step {
  /** Trace that it belongs to; the shop's logs name it. */
  readonly traceId: string;
}

export interface PlacedOrder extends Step {
  readonly orderId: string;
  /** From sending the order until it was accepted (202). */
  readonly acceptedMs: number;
  /** From sending the order until a look at it showed it confirmed. */
  readonly confirmedMs: number;
}

interface Order {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
}

/** What the steps need, made beforehand; plain data, so that another thread can be given it. */
export interface JourneyFixtures {
  readonly accounts: readonly LoggedIn[];
  readonly assortment: Assortment;
}

/** Customers of one shop, each step theirs in turn. What it needs is made beforehand, so that a step is only itself. */
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

  /** The first page of the catalog. */
  async browse(signal?: AbortSignal): Promise<Step> {
    return this.#get('/catalog/products?limit=20', signal);
  }

  /** A picture as the list shows it: once somebody has asked for it, it is there. */
  async picture(signal?: AbortSignal): Promise<Step> {
    const imageId = this.#next(this.fixtures.assortment.pictures);
    return this.#get(`/images/${imageId}/${listPicture}`, signal);
  }

  /** A picture that nobody has asked for in this size: it is made on the way. @throws Error when all have been */
  async newPicture(signal?: AbortSignal): Promise<Step> {
    const { value, done } = this.#unmade.next();
    if (done) throw new Error('every picture has been asked for in every size');
    return this.#get(`/images/${value}`, signal);
  }

  async logIn(signal?: AbortSignal): Promise<Step> {
    const { traceId, headers } = newTrace();
    await logIn(this.shop, this.#account(), { headers, ...(signal && { signal }) });
    return { traceId };
  }

  /** Orders one thing and waits until it is confirmed. @throws Error when it ends otherwise */
  async order(signal?: AbortSignal): Promise<PlacedOrder> {
    const { token } = this.#account();
    const product = this.#next(this.fixtures.assortment.sold);
    const { traceId, headers } = newTrace();
    const authorization = `Bearer ${token}`;
    const since = performance.now();
    let order = await expectJson<Order>(
      this.shop,
      {
        method: 'POST',
        path: '/payments/orders',
        headers: { ...headers, authorization, 'idempotency-key': randomUUID() },
        json: {
          lines: [{ productId: product.id, quantity: 1 }],
          expectedTotal: product.price,
          paymentMethod: 'pm_card_visa',
        },
        ...(signal && { signal }),
      },
      202,
    );
    const acceptedMs = performance.now() - since;
    while (unfinished.includes(order.state)) {
      await sleep(CONFIRMATION_POLL_MS, undefined, signal ? { signal } : {});
      // Without the trace: looking is the waiting, not the work.
      const look = { method: 'GET', path: `/payments/orders/${order.id}` } as const;
      order = await expectJson<Order>(
        this.shop,
        { ...look, headers: { authorization }, ...(signal && { signal }) },
        200,
      );
    }
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

/** Logs the accounts in, a few at a time, so that orders have their tokens. @throws UnexpectedAnswer */
export async function logInAll(
  shop: ShopConnection,
  accounts: readonly Account[],
): Promise<LoggedIn[]> {
  const loggedIn: LoggedIn[] = [];
  for (let from = 0; from < accounts.length; from += logInsAtOnce) {
    const some = accounts.slice(from, from + logInsAtOnce);
    loggedIn.push(...(await Promise.all(some.map((account) => logIn(shop, account)))));
  }
  return loggedIn;
}

const logInsAtOnce = 4;

/** A new W3C trace context, by which the shop's logs name what a request set off. */
function newTrace(): { traceId: string; headers: Record<string, string> } {
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  return { traceId, headers: { traceparent } };
}
