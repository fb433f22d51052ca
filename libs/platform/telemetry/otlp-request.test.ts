import { expect, it } from 'vitest';
import { otlpRequest } from './otlp-request.ts';

it('writes spans in the JSON encoding of OTLP', () => {
  const body = otlpRequest(
    [
      {
        name: 'POST /payments/orders',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        parentId: '00f067aa0ba902b7',
        startMs: 1_700_000_000_000.5,
        durationMs: 2.25,
        ok: false,
        attributes: { orderId: 'o1', status: 503, share: 0.5, cold: true },
      },
    ],
    { service: 'payments', variant: 'serverless' },
  );
  expect(JSON.parse(body)).toEqual({
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'payments' } },
            { key: 'variant', value: { stringValue: 'serverless' } },
          ],
        },
        scopeSpans: [
          {
            scope: { name: '@triptych/platform' },
            spans: [
              {
                traceId: '0af7651916cd43dd8448eb211c80319c',
                spanId: 'b7ad6b7169203331',
                parentSpanId: '00f067aa0ba902b7',
                name: 'POST /payments/orders',
                startTimeUnixNano: '1700000000000500000',
                endTimeUnixNano: '1700000000002750000',
                attributes: [
                  { key: 'orderId', value: { stringValue: 'o1' } },
                  { key: 'status', value: { intValue: '503' } },
                  { key: 'share', value: { doubleValue: 0.5 } },
                  { key: 'cold', value: { boolValue: true } },
                ],
                status: { code: 2 },
              },
            ],
          },
        ],
      },
    ],
  });
});

it('omits the parent of a root span', () => {
  const root = { name: 'a', traceId: 't', spanId: 's', parentId: undefined };
  const times = { startMs: 1, durationMs: 1, ok: true, attributes: {} };
  const body = otlpRequest([{ ...root, ...times }], { service: 's', variant: 'v' });
  expect(body).not.toContain('parentSpanId');
});
