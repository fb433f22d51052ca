import { readRunning } from '@triptych/shop/control/running';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  canInterrupt,
  freeBase,
  type Running,
  run,
  START_TIMEOUT_MS,
  startCommand,
} from './support/command.ts';
import { copyOfRepository } from './support/copy-of-repository.ts';
import { endingOf, stopAmidOrders } from './support/orders-across-restart.ts';

/** `npm start -- --persist` twice, in a copy of the repository, so that the user's own data are not touched. */
let copy: Awaited<ReturnType<typeof copyOfRepository>>;
let base = 0;
let shop: Running;

const start = async (...flags: string[]) => {
  const args = [
    'start',
    '--only',
    'microservices',
    '--products',
    '4',
    '--port',
    String(base),
    ...flags,
  ];
  shop = startCommand(args, copy.folder);
  return shop.printed('Ctrl-C');
};

beforeAll(async () => {
  copy = await copyOfRepository();
  base = await freeBase();
});
afterAll(async () => {
  if (shop?.child.exitCode === null) await shop.interrupt();
  await copy?.remove();
});

const accountAndOrders = async () => {
  const url = `http://127.0.0.1:${base + 1}`;
  const login = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'customer@triptych.example', password: 'three-ways-to-shop' }),
  });
  const { accessToken } = (await login.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  const read = async (path: string) => (await fetch(url + path, { headers })).json();
  const { id } = (await read('/auth/me')) as { id: string };
  const { items } = (await read('/payments/orders')) as { items: { id: string; state: string }[] };
  return { id, orders: items };
};

// Needs an orderly end, which a test cannot request on Windows.
test.runIf(canInterrupt)(
  'accounts and orders survive a restart, every accepted order ends, and seeding does not repeat',
  {
    timeout: 2 * START_TIMEOUT_MS,
  },
  async () => {
    expect(await start('--persist')).toMatch(/seeded +microservices: 4 products with pictures\n/);
    const before = await accountAndOrders();
    expect(before.orders).toHaveLength(1);

    const rejected = await run(['start', '--reset', '--only', 'microservices'], {
      root: copy.folder,
    });
    expect(rejected.stderr).toMatch(
      /^triptych: A shop is running \(process \d+\): stop it with Ctrl-C/,
    );
    const exitCodes: (number | null)[] = [];
    const accepted = await stopAmidOrders(`http://127.0.0.1:${base + 1}`, async () => {
      exitCodes.push(await shop.interrupt());
    });
    expect(exitCodes, shop.output()).toEqual([0]);

    expect(await start('--persist')).toMatch(/seeded +microservices: 0 products .*4 were there/);
    // Ten rounds in every variant: tests/run/restart-amid-orders.ts.
    const { faults } = await endingOf(await readRunning(copy.folder), 'microservices', accepted);
    expect(faults).toEqual([]);
    const after = await accountAndOrders();
    expect(after.id).toBe(before.id);
    expect(after.orders).toEqual(expect.arrayContaining(before.orders));
    expect(after.orders).toHaveLength(2);
    expect(await shop.interrupt()).toBe(0);
  },
);
