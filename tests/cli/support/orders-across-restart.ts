import { randomUUID } from 'node:crypto';
import type { Variant } from '@triptych/base/variants';
import type { Running as Shop } from '@triptych/shop/control/running';
import { reconcileVariant } from '@triptych/shop/operate/reconcile-variant';
import { ShopClient } from '@triptych/shop/order/shop-client';
import { DEMO_ADMIN } from '@triptych/shop/start/demo-accounts';
import { eventually } from '../../conformance/support/eventually.ts';

/** Customers who order at the same time, and the accepted orders after which the shop is stopped. */
const CUSTOMERS = 6;
const STOP_AFTER = 20;
const PRICE = { amountCents: 1200, currency: 'usd' };
const STOCK = 10_000;

/** Work that a stop interrupted returns within minutes: after visibility timeouts and backoff. */
const ENDED_TIMEOUT_MS = 240_000;
/** The retries of a charge whose outcome is unknown take 14 s. After them, only the deadline settles the order. */
const CHARGED_TIMEOUT_MS = 30_000;
const PAGE = 100;

interface Order {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly history: readonly { readonly state: string }[];
}

interface Account {
  readonly email: string;
  readonly password: string;
}

/** The orders that the shop accepted, the product that they are for, and who placed them. */
export interface AcceptedOrders {
  readonly ids: readonly string[];
  readonly productId: string;
  readonly customer: Account;
}

const logIn = (baseUrl: string, { email, password }: Account) =>
  new ShopClient(baseUrl).loggedIn(email, password);

/**
 * Places orders one after another, several at a time. Calls `interrupt` amid them, and continues until the shop no longer
 * accepts any.
 */
export async function stopAmidOrders(
  baseUrl: string,
  interrupt: () => Promise<unknown>,
): Promise<AcceptedOrders> {
  const admin = await logIn(baseUrl, DEMO_ADMIN);
  const created = { name: 'Lamp', description: 'For orders across a restart', category: 'restart' };
  const { id: productId } = await admin.post<{ id: string }>('/catalog/products', {
    ...created,
    price: PRICE,
  });
  const receipt = { receiptId: randomUUID(), quantity: STOCK };
  await admin.post(`/catalog/products/${productId}/stock`, receipt);
  const account = { email: `${randomUUID()}@triptych.example`, password: randomUUID() };
  await new ShopClient(baseUrl).post('/auth/register', account);
  const customer = await logIn(baseUrl, account);
  const ids: string[] = [];
  let stopping: Promise<unknown> | undefined;
  const order = async () => {
    const body = {
      lines: [{ productId, quantity: 1 }],
      expectedTotal: PRICE,
      paymentMethod: 'pm_card_visa',
    };
    const headers = { 'idempotency-key': randomUUID() };
    ids.push((await customer.post<Order>('/payments/orders', body, headers)).id);
    if (ids.length === STOP_AFTER) stopping = interrupt();
  };
  const keepOrdering = async () => {
    for (let failures = 0; failures < (stopping ? 1 : 50); ) {
      await order().catch(() => {
        failures += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: CUSTOMERS }, keepOrdering));
  await stopping;
  return { ids, productId, customer: account };
}

/** How the orders ended, by state, the state before and reason, and everything that is wrong with them. */
export interface Ending {
  readonly counts: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/**
 * Waits in the restarted shop until every order has ended, without the sweeps of the outboxes, which would hide lost stream
 * records. Deadlines are delivered only to orders that do not end by themselves. Then checks that no order and no event was
 * lost, no stock is held, and ledger and provider agree.
 */
export async function endingOf(
  shop: Shop,
  variant: Variant,
  { ids, productId, customer: account }: AcceptedOrders,
): Promise<Ending> {
  const baseUrl = shop.variants[variant] ?? '';
  const customer = await logIn(baseUrl, account);
  const waitUntil = (
    isOver: (all: readonly Order[]) => boolean,
    timeoutMs: number,
    meanwhile = async () => {},
  ) =>
    eventually(() => meanwhile().then(() => allOrders(customer)), isOver, timeoutMs).then(
      () => true,
      () => false,
    );
  const haveEnded = (all: readonly Order[]) => unfinished(all).length === 0;
  await waitUntil((all) => all.every(({ state }) => state !== 'placed'), ENDED_TIMEOUT_MS);
  if (!(await waitUntil(haveEnded, CHARGED_TIMEOUT_MS))) {
    await waitUntil(haveEnded, ENDED_TIMEOUT_MS, () => deliverDelayed(shop));
  }
  const orders = await allOrders(customer);
  const known = new Set(orders.map(({ id }) => id));
  const faults = [
    ...ids.filter((id) => !known.has(id)).map((id) => `order ${id} is lost`),
    ...unfinished(orders).map(({ id, state }) => `order ${id} is still ${state}`),
    ...orders.filter(isEventLost).map(({ id }) => `order ${id}: an event was lost`),
  ];
  const admin = await logIn(baseUrl, DEMO_ADMIN);
  const held = await eventually(
    () => heldOf(admin, productId),
    (units) => units === 0,
    ENDED_TIMEOUT_MS / 4,
  ).catch(() => heldOf(admin, productId));
  if (held !== 0) faults.push(`${held} units are held`);
  const differences = await reconcileVariant({ variant, days: 1, endpointUrl: shop.endpointUrl });
  faults.push(...differences.map(({ code, id, detail }) => `${code} ${id}: ${detail}`));
  const counts: Record<string, number> = {};
  for (const { id, state, reason, history } of orders) {
    if (!ids.includes(id)) continue;
    const before = history.at(-2)?.state;
    const name = reason === null ? state : `${state} from ${before} (${reason})`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return { counts, faults };
}

const unfinished = (orders: readonly Order[]) =>
  orders.filter(({ state }) => !['confirmed', 'cancelled', 'rejected'].includes(state));

/**
 * True for an order that its deadline cancelled although nobody had answered `order.placed`: this event or the answer was
 * lost. A reserved or charging order may wait for the provider until its deadline.
 */
const isEventLost = ({ state, reason, history }: Order) =>
  state === 'cancelled' && reason === 'deadline' && history.length === 2;

async function allOrders(customer: ShopClient): Promise<Order[]> {
  const found: Order[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Order[]; nextCursor: string | null } = await customer.get(
      `/payments/orders?limit=${PAGE}${after}`,
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

/** The answer to a booking shows the stock: one unit in, and one out again. */
async function heldOf(admin: ShopClient, productId: string): Promise<number> {
  const path = `/catalog/products/${productId}/stock`;
  await admin.post(path, { receiptId: randomUUID(), quantity: 1 });
  const after = { receiptId: randomUUID(), quantity: -1 };
  return (await admin.post<{ held: number }>(path, after)).held;
}

/** Delivers the deadlines, and messages that wait for a retry, at once. */
async function deliverDelayed({ controlUrl, token }: Shop): Promise<void> {
  const answer = await fetch(`${controlUrl}/control/deliver-delayed`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  await answer.body?.cancel();
}
