import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ShopClient } from './shop-client.ts';

/** The statuses that the server still has to answer; 200 after the last. */
const statuses: number[] = [];
const server = createServer((_, response) => {
  response.statusCode = statuses.shift() ?? 200;
  response.end(JSON.stringify({ accessToken: 'token' }));
});
let baseUrl = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('a log-in that a busy shop does not answer is retried', async () => {
  statuses.push(503, 502);
  await new ShopClient(baseUrl).loggedIn('demo@shop.example', 'password');
  expect(statuses).toEqual([]);
});

test('a rejected request is not retried', async () => {
  statuses.push(409, 200);
  await expect(new ShopClient(baseUrl).post('/auth/register', {})).rejects.toThrow('answered 409');
  expect(statuses.splice(0)).toEqual([200]);
});

test('a shop that does not run is reported at once', async () => {
  await new Promise((resolve) => server.close(resolve));
  await expect(new ShopClient(baseUrl).get('/')).rejects.toThrow('Is the shop running?');
});
