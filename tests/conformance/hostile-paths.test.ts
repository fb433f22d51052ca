import { expect, test } from 'vitest';
import { anyCustomer } from './support/accounts.ts';
import { rawGet } from './support/raw-socket.ts';

/** Spellings of "one folder up", of the end of a string and of a separator that a careless decoder accepts. */
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
  ['a rendition', (step: string) => `/images/lamp/${step}`],
  ['a product id', (step: string) => `/catalog/products/${step}`],
  ['an order id', (step: string) => `/payments/orders/${step}`],
  ['a context', (step: string) => `/${step}/products`],
] as const;

test.each(places)('a path that escapes from %s finds nothing', async (_title, at) => {
  const { token } = await anyCustomer();
  for (const step of steps) {
    // Sequentially: in functions, each concurrent request starts a process, and this is not a load test.
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
])('%s is not a way around', async (path) => {
  const { status, body } = await rawGet(path, (await anyCustomer()).token);
  expect([400, 404], `${status} ${body}`).toContain(status);
});
