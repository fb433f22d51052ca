import { describe, expect, test } from 'vitest';
import { call } from '../conformance/support/http.ts';
import { host, open, sendRaw } from '../conformance/support/raw-socket.ts';
import { ready } from '../conformance/support/readiness.ts';

const login = '{"email":"a@attacks.example","password":"long enough 1"}';
const post = (headers: string[], body: string) => {
  const first = ['POST /auth/login HTTP/1.1', `host: ${host}`, 'content-type: application/json'];
  return `${[...first, ...headers].join('\r\n')}\r\n\r\n${body}`;
};

/** A second request, for a server that ends the first one at another byte. */
const smuggled = `GET /auth/.well-known/jwks.json HTTP/1.1\r\nhost: ${host}\r\n\r\n`;

/** Requests whose end is ambiguous (RFC 9112, section 6.3). */
const ambiguous: Record<string, string> = {
  'two lengths': post(['content-length: 5', `content-length: ${login.length}`], login),
  'a list of lengths': post([`content-length: 5, ${login.length}`], login),
  'a length and chunks': post(
    ['content-length: 5', 'transfer-encoding: chunked'],
    `0\r\n\r\n${smuggled}`,
  ),
  'chunks and a length': post(
    ['transfer-encoding: chunked', 'content-length: 5'],
    `0\r\n\r\n${smuggled}`,
  ),
  'an unknown encoding': post(['transfer-encoding: xchunked'], `0\r\n\r\n${smuggled}`),
  'two encodings': post(
    ['transfer-encoding: chunked', 'transfer-encoding: identity'],
    `0\r\n\r\n${smuggled}`,
  ),
  'a space before the colon': post(['content-length : 5'], `aaaaa${smuggled}`),
  'a folded header': post(['content-length:\r\n 5'], `aaaaa${smuggled}`),
  'a length with a sign': post(['content-length: +5'], `aaaaa${smuggled}`),
  'a length in hex': post(['content-length: 0x5'], `aaaaa${smuggled}`),
  'a negative length': post(['content-length: -5'], smuggled),
  'a chunk size with a sign': post(['transfer-encoding: chunked'], `+5\r\naaaaa\r\n0\r\n\r\n`),
  'a chunk without a size': post(['transfer-encoding: chunked'], `zz\r\naaaaa\r\n0\r\n\r\n`),
  'a bare line feed': `GET /auth/me HTTP/1.1\nhost: ${host}\n\n${smuggled}`,
  'a NUL in a header': `GET /auth/me HTTP/1.1\r\nhost: ${host}\r\nx-a: a\0b\r\n\r\n`,
  'no host': 'GET /auth/me HTTP/1.1\r\n\r\n',
  'another protocol': `GET /auth/me HTTP/9.9\r\nhost: ${host}\r\n\r\n`,
  'an unknown method': `FROB /auth/me HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  'no HTTP, but TLS': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
};

describe('a request with', () => {
  test.each(Object.entries(ambiguous))(
    '%s is rejected, and no request inside it is answered',
    async (_title, bytes) => {
      const { status, body, head } = await sendRaw(bytes);
      expect([0, 400, 401, 404, 405, 413, 415, 501, 505], `${head}\n${body}`).toContain(status);
      expect(`${head}${body}`).not.toMatch(/"keys"|HTTP\/1\.1 200|node_modules/);
    },
  );

  test.each([
    ['one header of 64 KiB', `x-a: ${'a'.repeat(64 * 1024)}`],
    ['2000 headers', Array.from({ length: 2000 }, (_, n) => `x-${n}: a`).join('\r\n')],
    ['a cookie of 40 KiB', `cookie: ${'a=b; '.repeat(8 * 1024)}`],
  ])('%s is rejected', async (_title, header) => {
    const { status, head } = await sendRaw(
      `GET /auth/me HTTP/1.1\r\nhost: ${host}\r\n${header}\r\nconnection: close\r\n\r\n`,
    );
    // CloudFront returns 494.
    expect([0, 400, 401, 413, 431, 494], head).toContain(status);
  });

  test('a path of 64 KiB is rejected', async () => {
    const { status, head } = await sendRaw(
      `GET /catalog/products/${'a'.repeat(64 * 1024)} HTTP/1.1\r\nhost: ${host}\r\n\r\n`,
    );
    expect([0, 400, 404, 413, 414, 431], head).toContain(status);
  });
});

test('a client that sends half a request does not delay others', async () => {
  const half = [
    `POST /auth/login HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-le`,
    post(['content-length: 5000'], '{"email":'),
    post(['transfer-encoding: chunked'], '5\r\n{"ema'),
  ];
  const slow = Array.from({ length: 60 }, (_, n) => {
    const socket = open().on('error', () => {});
    socket.write(half[n % half.length] ?? '');
    return socket;
  });
  try {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('GET', '/auth/.well-known/jwks.json')),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const logIn = await call('POST', '/auth/login', { raw: login });
    expect(logIn.status).toBe(401);
  } finally {
    for (const socket of slow) socket.destroy();
  }
});

test('a client that disconnects during a request breaks nothing', async () => {
  await Promise.all(
    Array.from({ length: 30 }, async () => {
      const socket = open().on('error', () => {});
      await new Promise((resolve) => socket.write(post(['content-length: 60'], '{"e'), resolve));
      socket.destroy();
    }),
  );
  expect((await ready('auth')).status).toBe(200);
});
