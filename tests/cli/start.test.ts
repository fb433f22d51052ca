import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../conformance/support/eventually.ts';
import {
  freeBase,
  type Running,
  root,
  run,
  startCommand,
  startTimeoutMs,
} from './support/command.ts';

/** `npm start` as a user sees it: one variant, because the other suites run all three. */
/** Fewer than a user gets: what is tried here is one product's way into the shop. */
const products = 8;
let base = 0;
let shop: Running;

beforeAll(async () => {
  base = await freeBase();
  shop = startCommand([
    ...['start', '--only', 'serverless', '--port', String(base)],
    ...['--products', String(products)],
  ]);
  await shop.printed('Ctrl-C');
}, startTimeoutMs);
afterAll(() => {
  if (shop.child.exitCode === null) shop.child.kill('SIGKILL');
});

test('it says what it builds, that all is healthy, what it seeded, and where everything is', () => {
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

test('it buys something and shows the steps of the order', () => {
  expect(shop.output()).toMatch(/payments +POST \/payments\/orders +\+\d+ +\d+ ms/);
  expect(shop.output()).toMatch(/catalog +commit-reservation +\+\d+/);
  expect(shop.output()).toMatch(/customer sees the result +\d+ ms {2}confirmed/);
});

test('the pictures are there', async () => {
  const products = await fetch(`http://127.0.0.1:${base + 2}/catalog/products?limit=50`);
  const { items } = (await products.json()) as { items: { image: { imageId: string } | null }[] };
  expect(items).not.toHaveLength(0);
  const [first] = items;
  const picture = await fetch(
    `http://127.0.0.1:${base + 2}/images/${first?.image?.imageId}/w320.webp`,
  );
  expect(picture.headers.get('content-type')).toBe('image/webp');
});

test('buy repeats the order in the shop that runs', async () => {
  const { stdout, stderr, status } = await run(['buy', 'serverless']);
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/customer sees the result +\d+ ms {2}confirmed/);
  expect(stderr).toMatch(new RegExp(`^Shop of process ${shop.child.pid} since .*:${base}, logs `));
});

/** The order that `npm start` placed. */
const orderId = () => /npm run trace -- (\w+)/.exec(shop.output())?.[1] ?? '';

test('trace shows what the order set off, in every service and at the provider', async () => {
  const { stdout, status } = await run(['trace', orderId()]);
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

test('an order that nobody placed is one line', async () => {
  const { stderr, status } = await run(['trace', 'nobodys']);
  expect(status).toBe(1);
  expect(stderr.split('\n')[1]).toMatch(/^triptych: No spans of order "nobodys": check the id/);
});

test('logs tells of an order across services, readable or as JSON', async () => {
  // Written a moment after they are heard of.
  const { stdout } = await eventually(
    () => run(['logs', '--order', orderId()]),
    (found) => found.stdout.includes('commit-reservation'),
  );
  expect(stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} serverless +payments .*place-order \d+ ms/m);
  const asked = await run(['logs', 'catalog', '--order', orderId(), '--json']);
  const json = asked.stdout.trim().split('\n');
  const services = json.map((line) => (JSON.parse(line) as { service: string }).service);
  expect(new Set(services)).toEqual(new Set(['catalog']));
  const unknown = (await run(['logs', 'payment'])).stderr;
  expect(unknown).toMatch(/triptych: No logs of "payment"; there are: auth, .*payments/);
});

test('logs --follow shows what happens next, until Ctrl-C', async () => {
  const following = startCommand(['logs', 'payments', '--follow']);
  await following.printed(orderId());
  const bought = (await run(['buy', 'serverless'])).stdout;
  const next = /npm run trace -- (\w+)/.exec(bought)?.[1] ?? 'none';
  expect(await following.printed(next)).toContain(next);
  expect(await following.interrupt()).toBe(0);
});

test.concurrent.each(['start', 'dev', 'buy', 'logs', 'trace', 'doctor'])(
  '%s --help tells how it is used',
  async (name) => {
    const { stdout, status } = await run([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: npm (run )?${name}`));
  },
);

test('doctor says what this machine can run', async () => {
  const { stdout, status } = await run(['doctor']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^✓ Node +2\d/);
  expect(stdout).toContain('npm start and npm test can run here.');
});

test('a variant that was left out cannot be bought from', async () => {
  const { stderr, status } = await run(['buy', 'hybrid']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: hybrid is not running: it was left out by --only\.$/m);
});

test('the control API answers only with its token and to its own host', async () => {
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

test('a second start on the same ports is one line that says what to do', async () => {
  const { stderr, status } = await run(['start', '--only', 'serverless', '--port', String(base)]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: Port \d+ is taken: .*--port 5000\.\n$/);
});

test('an admin can be made by command, with the password from standard input', async () => {
  const args = ['admin', 'create', '--target', 'serverless', '--email', 'root@shop.example'];
  const made = await run(args, { input: 'a password for the first admin\n' });
  expect(made.stderr).toBe('');
  expect(made.stdout).toContain('root@shop.example is now an admin of the local serverless');
});

test('Ctrl-C ends it with every process it started', async () => {
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
