import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Account,
  type JourneyStep,
  logIn,
  type Product,
  readAssortment,
  ShopConnection,
  unmadePictures,
} from '../../../workloads/index.ts';
import type { ComparedTarget } from '../../part.ts';

/** What a shop can do: the steps of a customer's journey, and rendering a new picture. */
export type Capability = JourneyStep | 'new-picture';

/** Whether a capability answered, with the reason if not. */
export interface Answered {
  readonly capability: Capability;
  readonly ok: boolean;
  readonly ms: number;
  readonly why?: string;
}

interface Order {
  readonly id: string;
  readonly state: string;
}

const POLL_MS = 50;

/** A customer that tries every capability of a shop and remembers each accepted order. */
export class Customer {
  /** Ids of orders that were accepted with 202. */
  readonly taken: string[] = [];
  readonly #shop: ShopConnection;
  readonly #account: Account;
  readonly #token: string;
  readonly #product: Product;
  readonly #imageId: string;
  readonly #unmade: Iterator<string, undefined>;

  private constructor(
    shop: ShopConnection,
    account: Account,
    ready: { token: string; product: Product; pictures: readonly [string, ...string[]] },
  ) {
    this.#shop = shop;
    this.#account = account;
    this.#token = ready.token;
    this.#product = ready.product;
    this.#imageId = ready.pictures[0];
    this.#unmade = unmadePictures(shop.baseUrl, ready.pictures);
  }

  /** Logs in and chooses a product in stock. @throws Error if the shop has no stock or no picture */
  static async arrive({ baseUrl }: ComparedTarget, account: Account): Promise<Customer> {
    const shop = new ShopConnection(baseUrl);
    const { token } = await logIn(shop, account);
    const { sold, pictures } = await readAssortment(shop);
    const [product] = sold.toSorted((a, b) => b.available - a.available);
    const [first, ...others] = pictures;
    if (!product || first === undefined) {
      throw new Error(`${baseUrl} has nothing in stock, or no picture`);
    }
    return new Customer(shop, account, { token, product, pictures: [first, ...others] });
  }

  /**
   * Requests a rendition that does not exist yet, so that no cache has it. Each try uses up one.
   * @returns undefined if all renditions exist
   */
  async tryNewPicture(withinMs: number): Promise<Answered | undefined> {
    const { value: path } = this.#unmade.next();
    if (path === undefined) return undefined;
    const signal = AbortSignal.timeout(Math.ceil(withinMs));
    return this.#attempt('new-picture', () =>
      this.#expect('GET', `/images/${path}`, 200, undefined, signal),
    );
  }

  /** Tries all repeatable capabilities in parallel. Each try ends within `withinMs`. */
  async tryAll(withinMs: number): Promise<Answered[]> {
    const limit = () => AbortSignal.timeout(Math.ceil(withinMs));
    const get = (path: string) => this.#expect('GET', path, 200, undefined, limit());
    const { email, password } = this.#account;
    const [browse, picture, login, [placed, confirmed]] = await Promise.all([
      this.#attempt('browse', () => get('/catalog/products?limit=20')),
      // A rendition that a CDN may have cached.
      this.#attempt('picture', () => get(`/images/${this.#imageId}/w320.webp`)),
      this.#attempt('log-in', () =>
        this.#expect('POST', '/auth/login', 200, { email, password }, limit()),
      ),
      this.#order(withinMs),
    ]);
    return [browse, picture, login, placed, confirmed];
  }

  async #order(withinMs: number): Promise<[Answered, Answered]> {
    const signal = AbortSignal.timeout(Math.ceil(withinMs));
    let id = '';
    const placed = await this.#attempt('place-order', async () => {
      const body = {
        lines: [{ productId: this.#product.id, quantity: 1 }],
        expectedTotal: this.#product.price,
        paymentMethod: 'pm_card_visa',
      };
      const text = await this.#expect('POST', '/payments/orders', 202, body, signal);
      id = (JSON.parse(text) as Order).id;
      this.taken.push(id);
    });
    const confirmed = await this.#attempt('order-confirmed', async () => {
      if (!placed.ok) throw new Error('no order was accepted');
      let state = 'placed';
      while (state !== 'confirmed') {
        await sleep(POLL_MS, undefined, { signal });
        state = await this.stateOf(id, signal);
        if (state === 'cancelled') throw new Error('it was cancelled');
      }
    });
    return [placed, confirmed];
  }

  /** @throws Error if the shop does not answer with the order */
  async stateOf(id: string, signal = AbortSignal.timeout(5_000)): Promise<string> {
    const text = await this.#expect('GET', `/payments/orders/${id}`, 200, undefined, signal);
    return (JSON.parse(text) as Order).state;
  }

  async #expect(
    method: 'GET' | 'POST',
    path: string,
    status: number,
    json: unknown,
    signal: AbortSignal,
  ): Promise<string> {
    const authorization = `Bearer ${this.#token}`;
    const own = path.startsWith('/payments/');
    const answer = await this.#shop.ask({
      method,
      path,
      signal,
      ...(own ? { headers: { authorization, 'idempotency-key': randomUUID() } } : {}),
      ...(json === undefined ? {} : { json }),
    });
    if (answer.status !== status) throw new Error(`answered ${answer.status}`);
    return answer.body.toString();
  }

  async #attempt(capability: Capability, work: () => Promise<unknown>): Promise<Answered> {
    const since = performance.now();
    try {
      await work();
      return { capability, ok: true, ms: performance.now() - since };
    } catch (error) {
      const { name, message } = error as Error;
      const late = name === 'AbortError' || name === 'TimeoutError';
      const ms = performance.now() - since;
      return { capability, ok: false, ms, why: late ? 'no answer in time' : message };
    }
  }

  close(): void {
    this.#shop.close();
  }
}
