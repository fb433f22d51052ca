import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FinishedSpan } from './index.ts';
import { otlpExporter } from './otlp-exporter.ts';
import type { postJson } from './post-json.ts';
import { xraySignature } from './xray-signature.ts';

const span = (name: string): FinishedSpan => ({
  name,
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentId: undefined,
  startMs: 1,
  durationMs: 1,
  ok: true,
  attributes: {},
});
const namesIn = (body: string): string[] =>
  JSON.parse(body).resourceSpans[0].scopeSpans[0].spans.map((one: { name: string }) => one.name);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function collector(answer: () => Promise<void> = async () => {}) {
  const batches: string[][] = [];
  const failures: unknown[] = [];
  const exporter = otlpExporter({
    endpoint: 'http://collector:4318',
    service: 'catalog',
    variant: 'hybrid',
    onFailure: (error) => failures.push(error),
    post: async (url, body) => {
      expect(url).toBe('http://collector:4318/v1/traces');
      batches.push(namesIn(body));
      await answer();
    },
  });
  return { exporter, batches, failures };
}

it('signs requests to X-Ray, and no others', async () => {
  const sent: unknown[] = [];
  const post = async (...[url, , , headers]: Parameters<typeof postJson>) =>
    void sent.push([url, headers?.authorization?.replace(/Signature=.*/, '')]);
  const credentials = async () => ({ accessKeyId: 'key', secretAccessKey: 'secret' });
  for (const endpoint of ['https://xray.eu-west-1.amazonaws.com', 'https://xray.example']) {
    const sign = xraySignature(endpoint, credentials);
    const options = { endpoint, service: 's', variant: 'v', onFailure: () => {}, post };
    const exporter = otlpExporter({ ...options, ...(sign && { sign }) });
    exporter.add(span('a'));
    await exporter.flush();
  }
  expect(sent).toEqual([
    [
      'https://xray.eu-west-1.amazonaws.com/v1/traces',
      expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-west-1\/xray\/aws4_request, /,
      ),
    ],
    ['https://xray.example/v1/traces', undefined],
  ]);
});

describe('the exporter', () => {
  it('sends the waiting spans in one request after 500 ms', async () => {
    const { exporter, batches } = collector();
    exporter.add(span('a'));
    exporter.add(span('b'));
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(batches).toEqual([['a', 'b']]);
  });

  it('sends immediately on flush, and does not send the same spans again', async () => {
    const { exporter, batches } = collector();
    exporter.add(span('a'));
    await exporter.flush();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(batches).toEqual([['a']]);
  });

  it('flushes spans that were added while a batch was being sent', async () => {
    let answered = () => {};
    const { exporter, batches } = collector(() => new Promise((resolve) => (answered = resolve)));
    exporter.add(span('a'));
    const flushed = exporter.flush();
    exporter.add(span('b'));
    void exporter.flush();
    answered();
    await vi.advanceTimersByTimeAsync(0);
    answered();
    await flushed;
    expect(batches).toEqual([['a'], ['b']]);
  });

  it('sends a full batch immediately', async () => {
    const { exporter, batches } = collector();
    for (let n = 0; n < 256; n += 1) exporter.add(span('a'));
    await vi.advanceTimersByTimeAsync(0);
    expect(batches[0]).toHaveLength(256);
  });

  it('drops spans that a slow collector does not accept, and never delays the work', async () => {
    let answered = () => {};
    const { exporter, batches } = collector(() => new Promise((resolve) => (answered = resolve)));
    for (let n = 0; n < 5_000; n += 1) exporter.add(span('a'));
    const end = exporter.flush();
    for (let n = 0; n < 20; n += 1) {
      answered();
      await vi.advanceTimersByTimeAsync(0);
    }
    await end;
    expect(batches.flat()).toHaveLength(256 + 2_048);
  });

  it('reports an unreachable collector once, and pauses for ten seconds', async () => {
    const { exporter, batches, failures } = collector(() =>
      Promise.reject(new Error('unreachable')),
    );
    exporter.add(span('a'));
    await exporter.flush();
    exporter.add(span('lost'));
    await exporter.flush();
    expect([batches, failures]).toEqual([[['a']], [new Error('unreachable')]]);
    await vi.advanceTimersByTimeAsync(10_000);
    exporter.add(span('b'));
    await exporter.flush();
    expect(batches).toEqual([['a'], ['b']]);
  });
});
