import { describe, expect, it } from 'vitest';
import { isRepeatable, untilAnswered } from './until-answered.ts';

const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
});
const reset = () => new TypeError('fetch failed', { cause: new Error('ECONNRESET') });

/** Sends these outcomes in turn. Returns the result, the number of attempts, and the pauses between them. */
async function outcomes(all: (ReturnType<typeof answer> | Error)[]) {
  const pauses: number[] = [];
  let sent = 0;
  const send = async () => {
    const next = all[sent];
    sent += 1;
    if (next === undefined) throw new Error('too many attempts');
    if (next instanceof Error) throw next;
    return next;
  };
  const pause = async (ms: number) => void pauses.push(ms);
  const result = await untilAnswered(send, pause).catch((error: Error) => error);
  return { result, sent, pauses };
}

describe('a client that waits for an answer', () => {
  it.each([502, 503, 504])('retries after %i', async (status) => {
    const { result, sent } = await outcomes([answer(status), answer(status), answer(202)]);
    expect([result, sent]).toEqual([answer(202), 3]);
  });

  it.each([200, 304, 400, 409, 429, 500])('takes %i for an answer', async (status) => {
    expect((await outcomes([answer(status)])).result).toEqual(answer(status));
  });

  it('retries after a failed connection', async () => {
    expect((await outcomes([reset(), answer(200)])).result).toEqual(answer(200));
  });

  it('stops after six attempts, with the last status or error', async () => {
    const busy = await outcomes(Array(6).fill(answer(503)));
    expect([busy.result, busy.sent]).toEqual([answer(503), 6]);
    const lost = await outcomes(Array.from({ length: 6 }, reset));
    expect([(lost.result as Error).message, lost.sent]).toEqual(['fetch failed', 6]);
  });

  it('does not retry a timeout or a request that cannot be sent', async () => {
    const late = new DOMException('late', 'TimeoutError');
    expect((await outcomes([late])).result).toBe(late);
    const invalid = new TypeError('invalid header');
    expect((await outcomes([invalid])).result).toBe(invalid);
  });

  it('backs off with jitter, at most five seconds, and no sooner than Retry-After', async () => {
    const { pauses } = await outcomes(Array(6).fill(answer(502)));
    expect(pauses).toHaveLength(5);
    for (const [index, ms] of pauses.entries()) {
      expect(ms).toBeGreaterThanOrEqual(Math.min(100 * 2 ** index, 5_000));
      expect(ms).toBeLessThanOrEqual(Math.min(200 * 2 ** index, 5_000));
    }
    const asked = await outcomes([
      answer(503, { 'retry-after': '2' }),
      answer(503, { 'retry-after': '60' }),
      answer(503, { 'retry-after': 'Mon, 30 Nov 2026 10:00:00 GMT' }),
      answer(200),
    ]);
    expect(asked.pauses.slice(0, 2)).toEqual([2_000, 5_000]);
    expect(asked.pauses[2]).toBeLessThanOrEqual(800);
  });
});

it.each([
  ['GET', {}, true],
  ['HEAD', {}, true],
  ['DELETE', {}, true],
  ['POST', {}, false],
  ['PATCH', {}, false],
  ['POST', { 'Idempotency-Key': 'k' }, true],
])('%s with %j may be repeated: %s', (method, headers, repeatable) => {
  expect(isRepeatable(method, headers)).toBe(repeatable);
});
