import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { shopApp } from '@triptych/platform/testing/shop-app';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseFormat,
  ENCODED_FORMATS,
  parseFormat,
  parseWidth,
  REQUESTABLE_FORMATS,
  WIDTHS_PX,
} from '../core/index.ts';

type Header = { value: string };
interface Request {
  method: string;
  uri: string;
  querystring: object;
  headers: Record<string, Header>;
}
interface Response {
  statusCode: number;
  headers: Record<string, Header>;
  body?: { encoding: string; data: string };
}

const path = (file: string) => join(import.meta.dirname, file);

/** Loads a function as CloudFront does: as a script, not a module, whose `handler` is called. */
function handlerOf(file: string): (event: object) => Request & Response {
  const context = createContext({});
  runInContext(readFileSync(path(file), 'utf8'), context);
  return (event) => {
    const call = `JSON.stringify(handler(${JSON.stringify(event)}))`;
    return JSON.parse(runInContext(call, context));
  };
}

const onRequest = handlerOf('viewer-request.js');
const onResponse = handlerOf('viewer-response.js');

function request(uri: string, accept?: string) {
  return send('GET', uri, accept === undefined ? {} : { accept });
}

function send(method: string, uri: string, sent: Record<string, string>) {
  const headers = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, { value }]),
  );
  const event = {
    version: '1.0',
    context: { eventType: 'viewer-request', requestId: 'r1' },
    viewer: { ip: '192.0.2.1' },
    request: { method, uri, querystring: { v: { value: '2' } }, headers, cookies: {} },
  };
  return onRequest(event);
}

describe('the viewer-request function', () => {
  it('passes on the URL of every rendition, without its query', () => {
    for (const width of WIDTHS_PX) {
      for (const format of ENCODED_FORMATS) {
        const uri = `/images/i1/w${width}.${format}`;
        expect(request(uri)).toMatchObject({ method: 'GET', uri, querystring: {} });
      }
    }
  });

  it('turns auto into the format that the core chooses, for any Accept', () => {
    const range = fc.constantFrom('image/avif', 'image/webp', 'IMAGE/WEBP', '*/*', 'image/*', '');
    const weight = fc.constantFrom('', ';q=0', ';q=0.0', ' ; q=0.5', ';q=1', ';', ';q=00');
    const ranges = fc.array(fc.tuple(range, weight).map((parts) => parts.join('')));
    const accepts = fc.oneof(
      ranges.map((list) => list.join(', ')),
      fc.string(),
    );
    fc.assert(
      fc.property(accepts, (accept) => {
        const { uri } = request('/images/i1/w640.auto', accept);
        expect(uri).toBe(`/images/i1/w640.${chooseFormat(accept)}`);
      }),
    );
    expect(request('/images/i1/w640.auto').uri).toBe('/images/i1/w640.jpeg');
  });

  it('rejects what the core rejects, with the same detail', () => {
    const widths = [...WIDTHS_PX.map(String), '641', '0640', 'x', '1e3', ' 640'];
    const formats = [...REQUESTABLE_FORMATS, 'png', 'WEBP', 'webp.webp', 'avif '];
    for (const width of widths) {
      for (const format of formats) {
        const answer = request(`/images/i1/w${width}.${format}`);
        const detail = detailFromCore(width, format);
        expect(answer.statusCode).toBe(detail === undefined ? undefined : 400);
        if (detail === undefined) continue;
        expect(answer.headers['content-type']?.value).toContain('application/problem+json');
        expect(JSON.parse(answer.body?.data ?? '')).toEqual({
          type: 'urn:triptych:problem:unsupported-variant',
          title: 'Bad Request',
          status: 400,
          code: 'unsupported-variant',
          detail,
          requestId: 'r1',
        });
      }
    }
  });

  it('passes on other paths unchanged', () => {
    for (const uri of ['/images/i1/w640', '/images/i1/wide', '/images/a/b/w640.webp']) {
      expect(request(uri).uri).toBe(uri);
    }
  });
});

describe('the viewer-request function, for OPTIONS', () => {
  const isCors = ([name]: [string, unknown]) => /^(access-control-|vary$)/.test(name);

  it.each([
    { 'access-control-request-method': 'GET', 'access-control-request-headers': 'traceparent' },
    { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'a, B,x-c' },
    { 'access-control-request-method': 'HEAD' },
    {},
  ])('answers as the services do: %j', async (asked) => {
    const headers = { origin: 'https://shop.example', ...asked };
    const app = await shopApp(async () => {});
    const service = await app.inject({ method: 'OPTIONS', url: '/catalog/x', headers });
    for (const uri of ['/images/i1/w640.auto', '/images/i1/w1.gif']) {
      const edge = send('OPTIONS', uri, headers);
      expect(edge.statusCode).toBe(service.statusCode);
      const sent = Object.entries(edge.headers).map(([name, { value }]) => [name, value]);
      expect(Object.fromEntries(sent)).toEqual(
        Object.fromEntries(Object.entries(service.headers).filter(isCors)),
      );
    }
    await app.close();
  });
});

describe('the viewer-response function', () => {
  const vary = (value?: string) => {
    const headers = value === undefined ? {} : { vary: { value } };
    const event = {
      request: { uri: '/images/i1/w640.avif' },
      response: { statusCode: 200, headers },
    };
    return onResponse(event).headers.vary?.value;
  };

  it.each([
    [undefined, 'Accept'],
    ['Origin', 'Origin, Accept'],
    ['Origin, accept', 'Origin, accept'],
    ['Accept-Encoding', 'Accept-Encoding, Accept'],
    ['*', '*'],
  ])('adds Accept to Vary: %s', (before, after) => {
    expect(vary(before)).toBe(after);
  });
});

it.each(['viewer-request.js', 'viewer-response.js'])(
  '%s is within the 10 KB limit of CloudFront',
  (file) => {
    expect(statSync(path(file)).size).toBeLessThan(10_240);
  },
);

function detailFromCore(width: string, format: string): string | undefined {
  try {
    parseWidth(width);
    parseFormat(format);
    return undefined;
  } catch (error) {
    return (error as { detail: string }).detail;
  }
}
