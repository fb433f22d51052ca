import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../errors/index.ts';
import { captureLog, type LogLine, spansIn } from '../testing/captured-log.ts';
import {
  addSpanAttributes,
  currentLogger,
  currentTraceparent,
  parseTraceparent,
  processTelemetry,
  setProcessTelemetry,
  span,
  withTraceparent,
} from './index.ts';

const remote = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
let lines: LogLine[];
beforeEach(() => {
  lines = captureLog();
});

describe('span', () => {
  it('logs one line with ids, times, process and attributes', async () => {
    const result = await span('charge card', { orderId: 'o1' }, async () => 42);
    expect(result).toBe(42);
    expect(spansIn(lines)).toEqual([
      expect.objectContaining({
        msg: 'span',
        level: 'info',
        name: 'charge card',
        orderId: 'o1',
        service: 'catalog',
        variant: 'microservices',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
        startMs: expect.any(Number),
        durationMs: expect.any(Number),
        pid: process.pid,
        cold: expect.any(Boolean),
        ok: true,
      }),
    ]);
  });

  it('nests: inner spans have the outer span as parent, across awaits', async () => {
    await span('outer', {}, async () => {
      await Promise.resolve();
      await Promise.all([span('a', {}, async () => {}), span('b', {}, async () => {})]);
    });
    const [a, b, outer] = spansIn(lines);
    expect([a?.parentId, b?.parentId]).toEqual([outer?.spanId, outer?.spanId]);
    expect(new Set([a, b, outer].map((line) => line?.traceId)).size).toBe(1);
    expect(outer).not.toHaveProperty('parentId');
  });

  it('rethrows errors and logs the span as failed', async () => {
    const failure = new AppError('conflict', 'refund-exceeds-captured', 'Too much.');
    await expect(span('fails', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(spansIn(lines)[0]).toMatchObject({
      name: 'fails',
      ok: false,
      error: 'refund-exceeds-captured',
    });
  });

  it('adds attributes to the innermost span while it runs', async () => {
    addSpanAttributes({ ignored: true });
    await span('outer', {}, async () => {
      await span('inner', {}, async () => addSpanAttributes({ orderId: 'o1' }));
    });
    const [inner, outer] = spansIn(lines);
    expect(inner).toMatchObject({ orderId: 'o1' });
    expect(outer).not.toHaveProperty('orderId');
  });

  it('is exported even when the log level omits it', async () => {
    captureLog('warn');
    const exported: unknown[] = [];
    const exporter = { add: (one: unknown) => void exported.push(one), flush: async () => {} };
    setProcessTelemetry({ ...processTelemetry(), exporter });
    await span('charge card', { orderId: 'o1' }, async () => {});
    expect(exported).toEqual([
      expect.objectContaining({
        name: 'charge card',
        ok: true,
        parentId: undefined,
        attributes: { orderId: 'o1', pid: process.pid, cold: false },
      }),
    ]);
  });

  it('marks only the first span of a process as cold, with the spans inside it', async () => {
    await span('first', {}, async () => {});
    await span('outer', {}, () => span('inner', {}, async () => {}));
    expect(
      spansIn(lines)
        .slice(1)
        .map((line) => line.cold),
    ).toEqual([false, false]);
  });
});

describe('trace context', () => {
  it('continues the trace of a message', async () => {
    await withTraceparent(remote, () => span('consume', {}, async () => {}));
    const position = parseTraceparent(remote);
    expect(spansIn(lines)[0]).toMatchObject({
      traceId: position?.traceId,
      parentId: position?.spanId,
    });
  });

  it('returns the current span as a traceparent for outgoing calls', async () => {
    const seen = await span('outer', {}, async () => currentTraceparent());
    const outer = spansIn(lines)[0];
    expect(seen).toBe(`00-${outer?.traceId}-${outer?.spanId}-01`);
    expect(currentTraceparent()).toBeUndefined();
  });

  it('starts a new trace without a valid traceparent', async () => {
    await span('outer', {}, () =>
      withTraceparent('garbage', () => span('fresh', {}, async () => {})),
    );
    const [fresh, outer] = spansIn(lines);
    expect(fresh?.traceId).not.toBe(outer?.traceId);
  });

  it('adds the trace id to ordinary log lines', async () => {
    await withTraceparent(remote, async () => currentLogger().info('hello'));
    expect(lines[0]).toMatchObject({ msg: 'hello', traceId: parseTraceparent(remote)?.traceId });
  });
});
