import { describe, expect, it } from 'vitest';
import { conditioned } from './viewer-conditions.ts';

const modified = 'Mon, 30 Nov 2026 10:00:00 GMT';
const stored = {
  status: 200,
  headers: { etag: '"v1"', 'last-modified': modified, 'content-type': 'image/webp' },
  body: Buffer.from('0123456789'),
};

/** Sends a GET with these headers. Returns status, body and Content-Range. */
function get(headers: Record<string, string>, { fromCache = true, response = stored } = {}) {
  const request = {
    id: 'r1',
    method: 'GET',
    path: '/images/i1/w320.webp',
    query: '',
    headers,
    clientIp: '192.0.2.1',
    forwardedFor: '192.0.2.1',
  };
  const answer = conditioned(request, response, fromCache);
  const range = (answer.headers as Record<string, string>)['content-range'];
  return [answer.status, answer.body.toString(), range];
}
const whole = [200, '0123456789', undefined];

describe('a conditional request', () => {
  it.each([
    [{ 'if-none-match': '"v1"' }, 304],
    [{ 'if-none-match': 'W/"v1"' }, 304],
    [{ 'if-none-match': '"v0", "v1"' }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"v0"' }, 200],
    [{ 'if-modified-since': modified }, 304],
    [{ 'if-modified-since': 'Mon, 30 Nov 2026 09:59:59 GMT' }, 200],
    [{ 'if-modified-since': 'no date' }, 200],
    [{ 'if-none-match': '"v0"', 'if-modified-since': modified }, 200],
    [{}, 200],
  ])('with %j gets %i', (headers, status) => {
    expect(get(headers as Record<string, string>)[0]).toBe(status);
  });
});

describe('a range request', () => {
  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
  ])('for %s gets that part', (range, ...part) => {
    expect(get({ range })).toEqual(part);
  });

  it('past the end gets 416 with the size', () => {
    const [status, , range] = get({ range: 'bytes=10-' });
    expect([status, range]).toEqual([416, 'bytes */10']);
  });

  it.each(['bytes=3-1', 'bytes=0-1,3-4', 'lines=1-2', ''])('for "%s" gets the whole', (range) => {
    expect(get({ range })).toEqual(whole);
  });

  it('gets the whole when If-Range names another version', () => {
    expect(get({ range: 'bytes=0-3', 'if-range': '"v0"' })).toEqual(whole);
    expect(get({ range: 'bytes=0-3', 'if-range': '"v1"' })[0]).toBe(206);
    expect(get({ range: 'bytes=0-3', 'if-range': modified })[0]).toBe(206);
  });

  it('gets the whole from an origin without ranges', () => {
    expect(get({ range: 'bytes=0-3' }, { fromCache: false })).toEqual(whole);
    const headers = { ...stored.headers, 'accept-ranges': 'bytes' };
    const response = { ...stored, headers };
    expect(get({ range: 'bytes=0-3' }, { fromCache: false, response })[0]).toBe(206);
  });

  it('does not change an error', () => {
    const response = { ...stored, status: 404 };
    expect(get({ range: 'bytes=0-3', 'if-none-match': '*' }, { response })[0]).toBe(404);
  });
});
