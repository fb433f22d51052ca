import { functionLines } from '@triptych/docker/function-logs';
import { expect, it } from 'vitest';
import { spansIn } from './order-spans.ts';

const span = (spanId: string, startMs: number, traceId = 't1') =>
  JSON.stringify({ msg: 'span', name: `step ${spanId}`, spanId, startMs, traceId, durationMs: 1 });

it('returns the spans of one trace, deduplicated and ordered by start', () => {
  const lines = [
    span('b', 2),
    span('a', 1),
    'START RequestId: x',
    span('b', 2),
    span('c', 3, 't2'),
  ];
  const found = spansIn(
    lines.map((text) => ({ source: 'hybrid-auth', text })),
    't1',
  );
  expect(found.map(({ spanId, process }) => [spanId, process])).toEqual([
    ['a', 'hybrid-auth'],
    ['b', 'hybrid-auth'],
  ]);
});

it('reads all pages of each function’s log group', async () => {
  const asked: object[] = [];
  const pages: Record<string, object> = {
    first: { events: [{ message: 'one\ntwo' }], nextToken: 'more' },
    more: { events: [{ message: 'three' }] },
  };
  const lines = await functionLines(
    'http://localhost',
    'triptych-hybrid-',
    5.7,
    async (operation, input) => {
      asked.push(input);
      if (operation === 'DescribeLogGroups') {
        return { logGroups: [{ logGroupName: '/aws/lambda/triptych-hybrid-images' }] };
      }
      return pages[(input as { nextToken?: string }).nextToken ?? 'first'];
    },
  );
  expect(lines.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  expect(lines[0]?.source).toBe('triptych-hybrid-images');
  expect(asked[1]).toEqual({ logGroupName: '/aws/lambda/triptych-hybrid-images', startTime: 5 });
});

it('stops after five pages of one log group', async () => {
  let pages = 0;
  await functionLines('http://localhost', 'triptych-', 0, async (operation) => {
    if (operation === 'DescribeLogGroups')
      return { logGroups: [{ logGroupName: '/aws/lambda/x' }] };
    pages += 1;
    return { events: [], nextToken: 'again' };
  });
  expect(pages).toBe(5);
});
