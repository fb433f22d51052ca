import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetRunning, listRunning, type Running, readRunning, writeRunning } from './running.ts';

let root = '';
let server: Server;
let controlUrl = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'triptych-running-'));
  server = createServer((request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  controlUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const shop = (more: Partial<Running> = {}): Running => ({
  pid: process.pid,
  startedAt: '2026-01-01T00:00:00.000Z',
  controlUrl,
  token: 'right',
  endpointUrl: '',
  logFolder: '',
  variants: {},
  ...more,
});
const left = () => readdirSync(join(root, '.triptych/running'));

test('finds a shop until it removes its file', async () => {
  await writeRunning(root, shop());
  expect(await readRunning(root, undefined)).toEqual(shop());
  await forgetRunning(root);
  await expect(readRunning(root, undefined)).rejects.toThrow(
    /^No shop is running: run `npm start`/,
  );
});

test('lists the newest shop first', async () => {
  await writeRunning(root, shop({ pid: process.ppid, startedAt: '2026-02-01T00:00:00.000Z' }));
  await writeRunning(root, shop());
  expect((await listRunning(root)).map(({ pid }) => pid)).toEqual([process.ppid, process.pid]);
});

test('with several shops, --port selects one, and the message lists them', async () => {
  const other = createServer((_request, response) => response.writeHead(200).end());
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const port = String((other.address() as AddressInfo).port);
  const second = shop({ pid: process.ppid, controlUrl: `http://127.0.0.1:${port}` });
  await writeRunning(root, shop({ variants: { hybrid: 'http://127.0.0.1:4003' } }));
  await writeRunning(root, second);
  const first = `--port ${new URL(controlUrl).port} (hybrid, process ${process.pid})`;

  expect(await readRunning(root, port)).toEqual(second);
  await expect(readRunning(root, undefined)).rejects.toThrow(/^2 shops are running; select one: /);
  await expect(readRunning(root, undefined)).rejects.toThrow(first);
  await expect(readRunning(root, '9000')).rejects.toThrow(
    /^No shop is running on port 9000; running: --port /,
  );
  await expect(readRunning(root, 'x')).rejects.toThrow('--port takes a number');
  other.close();
});

test.each([
  ['a dead process', { pid: 2 ** 22 + 1 }],
  ['a process id that another process now has', { token: 'of another shop' }],
  ['a control API that no longer answers', { controlUrl: 'http://127.0.0.1:1' }],
])('removes the file of %s', async (_what, more) => {
  await writeRunning(root, shop(more));
  expect(await listRunning(root)).toEqual([]);
  expect(left()).toEqual([]);
});

// Windows has no permission bits.
test.runIf(process.platform !== 'win32')(
  'only the user who started the shop can read its token',
  async () => {
    await writeRunning(root, shop());
    const file = join(root, '.triptych/running', `${process.pid}.json`);
    expect(existsSync(file) && statSync(file).mode & 0o077).toBe(0);
  },
);
