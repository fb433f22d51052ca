import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createTraces } from './index.ts';

const kernel = testKernel();
const traces = createTraces();
const traceId = '0af7651916cd43dd8448eb211c80319c';
let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [traces.wire]);
});
afterAll(() => endpoint.stop());

const post = (body: string, type = 'application/json') =>
  fetch(`http://127.0.0.1:${endpoint.port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
const request = (...spans: object[]) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'payments' } },
            { key: 'variant', value: { stringValue: 'serverless' } },
          ],
        },
        scopeSpans: [{ spans }],
      },
    ],
  });
const charge = {
  traceId,
  spanId: 'b7ad6b7169203331',
  parentSpanId: '00f067aa0ba902b7',
  name: 'charge card',
  startTimeUnixNano: '1700000000000500000',
  endTimeUnixNano: '1700000000002500000',
  attributes: [
    { key: 'orderId', value: { stringValue: 'o1' } },
    { key: 'attempt', value: { intValue: '2' } },
    { key: 'cold', value: { boolValue: true } },
    { key: 'list', value: { arrayValue: { values: [] } } },
  ],
  status: { code: 2 },
};

it('stores OTLP spans regardless of fault injection', async () => {
  Object.assign(kernel.misbehaviour, { dropAnswers: 1, away: ['otlp'] });
  const answer = await post(request(charge));
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
  expect(traces.spans(traceId)).toEqual([
    {
      name: 'charge card',
      traceId,
      spanId: 'b7ad6b7169203331',
      parentId: '00f067aa0ba902b7',
      startMs: expect.closeTo(1_700_000_000_000.5, 1),
      durationMs: expect.closeTo(2, 1),
      service: 'payments',
      variant: 'serverless',
      attributes: { orderId: 'o1', attempt: 2, cold: true },
      ok: false,
    },
  ]);
});

it('reports rejected spans, invalid requests and unsupported encodings', async () => {
  const broken = await post(request({ ...charge, traceId: 'short' }));
  expect(await broken.json()).toMatchObject({ partialSuccess: { rejectedSpans: '1' } });
  expect((await post('{"resourceSpans":1}')).status).toBe(400);
  expect((await post('\n\u0001', 'application/x-protobuf')).status).toBe(415);
});
