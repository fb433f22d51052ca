import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PATIENT } from '@triptych/platform/testing/patience';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatLogLine, type LogEntry, parseLogLine } from './log-entry.ts';
import { followLogs, readLogs } from './read-logs.ts';
import { renderLine } from './render-line.ts';
import { selectLines } from './select-lines.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triptych-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stack = 'triptych-hybrid-payments';
const path = (name = stack) => join(folder, `${name}.log`);
const line = (at: number, fields: object | string) =>
  formatLogLine({
    at,
    source: 'Service',
    text: typeof fields === 'string' ? fields : JSON.stringify(fields),
  });
const parsed = (text: string) => parseLogLine(stack, text.trimEnd()) as LogEntry;

test('parseLogLine restores what formatLogLine wrote', () => {
  expect(parsed(line(1_500, { msg: 'hello' }))).toMatchObject({
    at: 1_500,
    variant: 'hybrid',
    service: 'payments',
    source: 'Service',
    fields: { msg: 'hello' },
  });
  expect(parseLogLine(stack, '1970-01-01T00:0')).toBeUndefined();
});

test('reads the lines of all stacks in order of time, rotated files included', async () => {
  writeFileSync(`${path()}.1`, line(1, 'one') + line(2, 'two'));
  writeFileSync(path(), line(4, 'four'));
  writeFileSync(path('triptych-hybrid-auth'), line(3, 'three'));
  expect((await readLogs(folder)).map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four']);
});

test('follows a log across a rotation and returns each line once', async () => {
  writeFileSync(path(), line(1, 'one'));
  const leaving = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    for await (const batch of followLogs(folder, leaving.signal)) {
      seen.push(...batch.map(({ text }) => text));
    }
  })();
  await expect.poll(() => seen, PATIENT).toEqual(['one']);
  const two = line(2, 'two');
  appendFileSync(path(), two.slice(0, 12));
  appendFileSync(path(), two.slice(12) + line(3, 'three'));
  renameSync(path(), `${path()}.1`);
  writeFileSync(path(), line(4, 'four'));
  await expect.poll(() => seen, PATIENT).toEqual(['one', 'two', 'three', 'four']);
  leaving.abort();
  await following;
});

test('selects all lines of an order’s traces and no others', () => {
  const all = [
    parsed(line(1, { msg: 'before it was known', traceId: 't1' })),
    parsed(line(2, { msg: 'placed', orderId: 'o1', traceId: 't1' })),
    parsed(line(3, { msg: 'another', orderId: 'o2', traceId: 't2' })),
    parsed(line(4, 'REPORT of something')),
  ];
  const { learn, wanted } = selectLines({ order: 'o1' });
  all.forEach(learn);
  expect(all.filter(wanted).map(({ at }) => at)).toEqual([1, 2]);
});

test.each([
  [{ variant: 'serverless' }, 0],
  [{ service: 'payments' }, 1],
  [{ service: 'auth' }, 0],
  [{ trace: 't1' }, 1],
  [{ trace: 't' }, 0],
  [{ trace: '4f2a91c0' }, 0],
])('%o selects %i of one line', (selection, count) => {
  const entry = parsed(line(1, { msg: 'hello', traceId: 't1' }));
  expect([entry].filter(selectLines(selection).wanted)).toHaveLength(count);
});

test('the first digits of a trace id, as printed on a line, select its lines', () => {
  const traceId = '4f2a91c0d3a54c0ea1b2c3d4e5f60718';
  const entry = parsed(line(1, { msg: 'hello', traceId }));
  expect(renderLine(entry)).toContain('·4f2a91c0');
  expect(selectLines({ trace: '4f2a91c0' }).wanted(entry)).toBe(true);
  expect(selectLines({ trace: '4f2a91c' }).wanted(entry)).toBe(false);
});

test('renders a span with its name, duration and fields, and marks failures', () => {
  const text = (fields: object) =>
    stripVTControlCharacters(renderLine(parsed(line(1_007, fields))));
  const span = { msg: 'span', name: 'charge', durationMs: 12.4, traceId: 'abcdef0123456789' };
  expect(text({ ...span, orderId: 'o1', cold: true })).toMatch(
    /^\d\d:\d\d:\d\d\.007 hybrid +payments charge 12 ms cold orderId=o1 ·abcdef01$/,
  );
  expect(text({ ...span, ok: false })).toContain('charge 12 ms FAILED');
  expect(text({ ...span, ok: false, error: 'card-declined' })).toMatch(/FAILED card-declined ·abc/);
  expect(text({ ...span, status: 422, error: 'too-much' })).toMatch(/12 ms 422 too-much ·abc/);
  expect(text({ ...span, status: 202 })).toMatch(/12 ms 202 ·abc/);
  expect(text({ level: 'warn', msg: 'not accepted', status: 503 })).toContain('status=503');
  expect(text({ level: 'error', msg: 'no', err: { message: 'why' } })).toContain(
    'ERROR no error="why"',
  );
});

test('removes terminal control sequences from logged text', () => {
  const shown = renderLine(parsed(line(1, { msg: 'a\u001b[2Jb\r\nc' })));
  expect(stripVTControlCharacters(shown)).toMatch(/ab c$/);
  expect(shown).not.toContain('\u001b[2J');
});
