import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ShopClient } from '@triptych/shop/order/shop-client';
import { DEMO_ADMIN } from '@triptych/shop/start/demo-accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../conformance/support/eventually.ts';
import {
  canInterrupt,
  freeBase,
  type Running,
  root,
  run,
  START_TIMEOUT_MS,
  startCommand,
} from './support/command.ts';

// `npm start` as a user sees it, with one variant, because the other suites run all three.

/** Fewer than the default: this suite only needs some products with pictures. */
const PRODUCTS = 8;
let base = 0;
let shop: Running;

beforeAll(async () => {
  base = await freeBase();
  shop = startCommand([
    ...['start', '--only', 'serverless', '--port', String(base)],
    ...['--products', String(PRODUCTS)],
  ]);
  await shop.printed('Ctrl-C');
}, START_TIMEOUT_MS);
afterAll(async () => {
  if (shop.child.exitCode !== null) return;
  if (canInterrupt) shop.child.kill('SIGKILL');
  else await shop.interrupt();
});

test('prints the build, health and seeding steps, and all addresses', () => {
  for (const words of [
    'artifacts',
    'healthy      triptych-serverless-payments',
    'all health checks pass',
    'serverless: ',
    'products with pictures',
    `http://127.0.0.1:${base + 2}`,
    `AWS_ENDPOINT_URL=http://127.0.0.1:${base + 566}`,
    'customer@triptych.example',
    'admin@triptych.example',
  ]) {
    expect(shop.output()).toContain(words);
  }
});

test('places an order and prints its steps', () => {
  expect(shop.output()).toMatch(/payments +POST \/payments\/orders +\+\d+ +\d+ ms/);
  expect(shop.output()).toMatch(/catalog +commit-reservation +\+\d+/);
  expect(shop.output()).toMatch(/customer sees the result +\d+ ms {2}confirmed/);
});

test('serves the seeded pictures', async () => {
  const products = await fetch(`http://127.0.0.1:${base + 2}/catalog/products?limit=50`);
  const { items } = (await products.json()) as { items: { image: { imageId: string } | null }[] };
  expect(items).not.toHaveLength(0);
  const [first] = items;
  const picture = await fetch(
    `http://127.0.0.1:${base + 2}/images/${first?.image?.imageId}/w320.webp`,
  );
  expect(picture.headers.get('content-type')).toBe('image/webp');
});

test('buy places another order in the running shop', async () => {
  const { stdout, stderr, status } = await run(['buy', 'serverless', ...here()]);
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/customer sees the result +\d+ ms {2}confirmed/);
  expect(stderr).toMatch(new RegExp(`^Shop of process ${shop.child.pid} since .*:${base}, logs `));
});

/** Selects this shop: another one may be running in this checkout. */
const here = () => ['--port', String(base)];

/** The order that `npm start` placed. */
const orderId = () => /npm run trace -- (\w+)/.exec(shop.output())?.[1] ?? '';

test('trace shows the spans of the order in every service and at the provider', async () => {
  const { stdout, status } = await run(['trace', orderId(), ...here()]);
  expect(status).toBe(0);
  for (const row of [
    /\+0 ms .* POST \/payments\/orders +payments +http-api/,
    /consume order\.placed +catalog +sqs-lambda/,
    /charge +payments/,
    /POST \/v1\/payment_intents.* simulator +function-url/,
  ]) {
    expect(stdout).toMatch(row);
  }
});

test('trace reports an unknown order in one line', async () => {
  const { stderr, status } = await run(['trace', 'nobodys', ...here()]);
  expect(status).toBe(1);
  expect(stderr.split('\n')[1]).toMatch(/^triptych: No spans of order "nobodys": check the id/);
});

test('logs prints the lines of an order across services, as text or JSON', async () => {
  // Log lines are written a moment after the order is visible.
  const { stdout } = await eventually(
    () => run(['logs', '--order', orderId(), ...here()]),
    (found) => found.stdout.includes('commit-reservation'),
  );
  expect(stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} serverless +payments .*place-order \d+ ms/m);
  const asked = await run(['logs', 'catalog', '--order', orderId(), '--json', ...here()]);
  const json = asked.stdout.trim().split('\n');
  const services = json.map((line) => (JSON.parse(line) as { service: string }).service);
  expect(new Set(services)).toEqual(new Set(['catalog']));
  const unknown = (await run(['logs', 'payment', ...here()])).stderr;
  expect(unknown).toMatch(/triptych: No logs of "payment"; there are: auth, .*payments/);
});

test.runIf(canInterrupt)('logs --follow prints new lines until Ctrl-C', async () => {
  const following = startCommand(['logs', 'payments', '--follow', ...here()]);
  await following.printed(orderId());
  const bought = (await run(['buy', 'serverless', ...here()])).stdout;
  const next = /npm run trace -- (\w+)/.exec(bought)?.[1] ?? 'none';
  expect(await following.printed(next)).toContain(next);
  expect(await following.interrupt()).toBe(0);
});

const COMMANDS = ['start', 'dev', 'buy', 'logs', 'trace', 'break', 'doctor'];
test.concurrent.each(COMMANDS)('%s --help prints its usage', async (name) => {
  const { stdout, status } = await run([name, '--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: npm (run )?${name}`));
});

test('--help alone lists the commands', async () => {
  const { stdout, status } = await run(['--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: npm run <command>/);
  for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test('a failed step shows its code and where to look, in trace and logs', async () => {
  const { email, password } = DEMO_ADMIN;
  const admin = await new ShopClient(`http://127.0.0.1:${base + 2}`).loggedIn(email, password);
  const refund = { amountCents: 9_999_999 };
  const headers = { 'idempotency-key': 'too-much' };
  await expect(
    admin.post(`/payments/orders/${orderId()}/refunds`, refund, headers),
  ).rejects.toThrow('refund-exceeds-captured');
  const traced = await eventually(
    () => run(['trace', orderId(), ...here()]),
    ({ stdout }) => stdout.includes('What failed'),
  );
  expect(traced.stdout).toMatch(/request-refund .*FAILED refund-exceeds-captured/);
  expect(traced.stdout).toMatch(/raised in +libs\/payments\/core\/refund\.ts:\d+/);
  const command = /npm run logs -- (payments .*--trace [0-9a-f]{8} --port \d+)/.exec(traced.stdout);
  const found = await eventually(
    () => run(['logs', ...(command?.[1] ?? 'no command').split(' ')]),
    ({ stdout }) => stdout.includes('FAILED'),
  );
  expect(found.stdout).toMatch(/request-refund \d+ ms FAILED refund-exceeds-captured/);
});

test('break kills a service, which comes back, and names what does not exist', async () => {
  const killed = await run(['break', 'kill', 'serverless', 'catalog', ...here()]);
  expect(killed.stdout, killed.stderr).toMatch(/^(Killed \d+ process|No process of catalog)/);
  const { status } = await fetch(`http://127.0.0.1:${base + 2}/catalog/categories`);
  expect(status).toBe(200);
  const unknown = await run(['break', 'kill', 'serverless', 'basket', ...here()]);
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toMatch(/service of serverless: auth, catalog, .* \(got "basket"\)\.$/m);
  const other = await run(['break', 'kill', 'hybrid', 'catalog', ...here()]);
  expect(other.stderr).toMatch(/hybrid is not running; running: serverless\.$/m);
  expect((await run(['break', 'slow', '5', ...here()])).stdout).toMatch(/^faults +slow 5 /);
  expect((await run(['break', 'list', ...here()])).stdout).toMatch(/catalog[\s\S]*faults +slow 5 /);
  expect((await run(['break', 'heal', ...here()])).stdout).toMatch(/^faults +none$/m);
});

test('names the running shops when --port selects none of them', async () => {
  const { stderr, status } = await run(['buy', '--port', '9999']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: No shop is running on port 9999; running: --port \d+ \(/);
});

test('doctor reports what this machine can run', async () => {
  const { stdout, status } = await run(['doctor']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^✓ Node +2\d/);
  expect(stdout).toContain('npm start and npm test can run here.');
});

test('buy reports a variant that is not running', async () => {
  const { stderr, status } = await run(['buy', 'hybrid', ...here()]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: hybrid is not running: it was left out by --only\.$/m);
});

test('the control API requires its token and rejects a foreign origin', async () => {
  const url = `http://127.0.0.1:${base}/control/status`;
  const { token } = JSON.parse(
    readFileSync(join(root, '.triptych/running', `${shop.child.pid}.json`), 'utf8'),
  );
  const authorization = `Bearer ${token}`;
  const status = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization, origin: 'https://elsewhere.example' })).toBe(403);
  expect(await status({ authorization })).toBe(200);
});

test('a second start on the same ports fails with a line that says what to do', async () => {
  const { stderr, status } = await run(['start', '--only', 'serverless', '--port', String(base)]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: Port \d+ is taken: .*--port 5000\.\n$/);
});

test('admin create reads the password from standard input', async () => {
  const args = [
    'admin',
    'create',
    '--target',
    'serverless',
    '--email',
    'root@shop.example',
    ...here(),
  ];
  const made = await run(args, { input: 'a password for the first admin\n' });
  expect(made.stderr).toBe('');
  expect(made.stdout).toContain('root@shop.example is now an admin of the local serverless');
});

test.runIf(canInterrupt)('Ctrl-C stops the shop and every process that it started', async () => {
  const children = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === shop.child.pid)
    .map(([pid]) => pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  expect(await shop.interrupt()).toBe(0);
  const alive = (pid: number) =>
    spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  await eventually(
    async () => children.filter((pid) => /^[^Z]/.test(alive(pid).stdout.trim())),
    (left) => left.length === 0,
  );
});
