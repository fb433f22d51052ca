import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../conformance/support/eventually.ts';

/** `npm start` as a user sees it: one variant, because the other suites run all three. */
const root = dirname(dirname(import.meta.dirname));
const main = join(root, 'apps/cli/main.ts');

/** Colours follow the terminal and CI; what is compared here is the text. */
const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };

let base = 0;
let shop: ChildProcess;
let output = '';

beforeAll(async () => {
  base = await freeBase();
  shop = spawn(process.execPath, [main, 'start', '--only', 'serverless', '--port', String(base)], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  shop.stdout?.on('data', keep);
  shop.stderr?.on('data', keep);
  await eventually(
    async () => output,
    (text) => text.includes('Ctrl-C') || shop.exitCode !== null,
    110_000,
  );
});
afterAll(() => {
  if (shop.exitCode === null) shop.kill('SIGKILL');
});

/** A base whose neighbours (+1 to +3, +566) are free as well. */
async function freeBase(): Promise<number> {
  const free = (port: number) =>
    new Promise<boolean>((resolve) => {
      const server = createServer()
        .once('error', () => resolve(false))
        .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  for (let port = 21_000; port < 40_000; port += 701) {
    const all = await Promise.all([0, 1, 2, 3, 566].map((offset) => free(port + offset)));
    if (all.every(Boolean)) return port;
  }
  throw new Error('no free base port');
}

const run = (...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });

test('it says what it builds, that all is healthy, what it seeded, and where everything is', () => {
  for (const words of [
    'artifacts',
    'healthy      triptych-serverless-payments',
    'all health checks pass',
    'serverless: 12 products with pictures',
    `http://127.0.0.1:${base + 2}`,
    `AWS_ENDPOINT_URL=http://127.0.0.1:${base + 566}`,
    'customer@triptych.example',
    'admin@triptych.example',
  ]) {
    expect(output).toContain(words);
  }
});

test('it buys something and shows the steps of the order', () => {
  expect(output).toMatch(/payments +POST \/payments\/orders +\+\d+ +\d+ ms/);
  expect(output).toMatch(/catalog +commit-reservation +\+\d+/);
  expect(output).toMatch(/customer sees the result +\d+ ms {2}confirmed/);
});

test('the pictures are there', async () => {
  const products = await fetch(`http://127.0.0.1:${base + 2}/catalog/products?limit=50`);
  const { items } = (await products.json()) as { items: { image: { imageId: string } | null }[] };
  expect(items).toHaveLength(12);
  const [first] = items;
  const picture = await fetch(
    `http://127.0.0.1:${base + 2}/images/${first?.image?.imageId}/w320.webp`,
  );
  expect(picture.headers.get('content-type')).toBe('image/webp');
});

test('buy repeats the order in the shop that runs', () => {
  const { stdout, stderr, status } = run('buy', 'serverless');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stdout).toMatch(/customer sees the result +\d+ ms {2}confirmed/);
});

test('a variant that was left out cannot be bought from', () => {
  const { stderr, status } = run('buy', 'hybrid');
  expect(status).toBe(1);
  expect(stderr).toBe('triptych: hybrid is not running: it was left out by --only.\n');
});

test('the control API answers only with its token and to its own host', async () => {
  const url = `http://127.0.0.1:${base}/control/status`;
  const { token } = JSON.parse(
    readFileSync(join(root, '.triptych/running', `${shop.pid}.json`), 'utf8'),
  );
  const authorization = `Bearer ${token}`;
  const status = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization, origin: 'https://elsewhere.example' })).toBe(403);
  expect(await status({ authorization })).toBe(200);
});

test('a second start on the same ports is one line that says what to do', () => {
  const { stderr, status } = run('start', '--only', 'serverless', '--port', String(base));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^triptych: Port \d+ is taken: .*--port 5000\.\n$/);
});

test('an admin can be made by command, with the password from standard input', () => {
  const args = [main, 'admin', 'create', '--target', 'serverless', '--email', 'root@shop.example'];
  const input = 'a password for the first admin\n';
  const made = spawnSync(process.execPath, args, { cwd: root, input, encoding: 'utf8' });
  expect(made.stderr).toBe('');
  expect(made.stdout).toContain('root@shop.example is now an admin of the local serverless');
});

test('Ctrl-C ends it with every process it started', async () => {
  const children = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === shop.pid)
    .map(([pid]) => pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  shop.kill('SIGINT');
  await eventually(
    async () => shop.exitCode,
    (code) => code !== null,
    10_000,
  );
  expect(shop.exitCode).toBe(0);
  const alive = (pid: number) =>
    spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  await eventually(
    async () => children.filter((pid) => /^[^Z]/.test(alive(pid).stdout.trim())),
    (left) => left.length === 0,
    5_000,
  );
});
