import { expect, test } from 'vitest';
import { anyCustomer } from './support/accounts.ts';
import { rawGet } from './support/raw-socket.ts';

/** Ways to write "one folder up", the end of a string and a separator that a careless decoder takes for one. */
const steps = [
  '..',
  '../../etc/passwd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%2f..%2foriginals',
  '..%5c..%5cwindows%5cwin.ini',
  '%252e%252e%252fetc%252fpasswd',
  '%c0%ae%c0%ae%c0%af',
  '%e0%80%ae%e0%80%ae%e0%80%af',
  '%f0%80%80%ae',
  '%uff0e%uff0e%u2215',
  '....//....//etc/passwd',
  '..;/',
  '%00',
  'lamp%00.jpeg',
  'lamp%0d%0aset-cookie:%20a=b',
  '%ff%fe',
  '%',
  '%zz',
  'a%2fb',
  'a'.repeat(65),
  'a'.repeat(4000),
];

const places = [
  ['an image id', (step: string) => `/images/${step}/w160.jpeg`],
  ['a variant', (step: string) => `/images/lamp/${step}`],
  ['a product id', (step: string) => `/catalog/products/${step}`],
  ['an order id', (step: string) => `/payments/orders/${step}`],
  ['a context', (step: string) => `/${step}/products`],
] as const;

test.each(places)('%s that leaves its place finds nothing', async (_title, at) => {
  const { token } = await anyCustomer();
  for (const step of steps) {
    // One after the other: each at once would be a process of its own in functions, and what is judged here is no load.
    const { status, head, body } = await rawGet(at(step), token);
    expect([400, 404], `${step}: ${status} ${body}`).toContain(status);
    expect(`${head}${body}`, step).not.toMatch(/root:|set-cookie|node_modules|at .+:\d+:\d+/i);
  }
});

test.each([
  '/catalog/products/../../auth/me',
  '/images/../auth/.well-known/jwks.json',
  '/images/%2e%2e/catalog/categories',
  '/auth/..%2fpayments%2fledger%2fbalance',
  '//catalog/categories/..',
  '/.env',
  '/catalog/%2e%2e/%2e%2e/package.json',
])('%s is no way round', async (path) => {
  const { status, body } = await rawGet(path, (await anyCustomer()).token);
  expect([400, 404], `${status} ${body}`).toContain(status);
});
