import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogBook } from './log-book.ts';

const line = (text: string) => ({ at: 0, stack: 'triptych-hybrid-auth', source: 'Service', text });
const span = (traceId: string, startMs: number) =>
  line(
    JSON.stringify({
      name: 'a',
      traceId,
      spanId: 's',
      startMs,
      durationMs: 1,
      service: 'auth',
      pid: 1,
      msg: 'span',
    }),
  );

test('returns the spans of one trace, ordered by start', () => {
  const book = new LogBook();
  for (const entry of [span('t', 20), span('other', 5), span('t', 10), line('hello')])
    book.add(entry);
  expect(book.spans('t').map(({ startMs }) => startMs)).toEqual([10, 20]);
});

test('ignores a line that a killed process truncated', () => {
  const book = new LogBook();
  book.add(line('{"msg":"span","name":"a","trac'));
  expect(book.spans('t')).toEqual([]);
});

test.each([
  'task ended (SIGKILL), starting another one',
  'RequestId: 1 Error: Runtime exited with error: signal: killed',
])('"%s" is reported as a crash', (text) => {
  const crashes: string[] = [];
  const book = new LogBook(undefined, (crash) => crashes.push(crash.stack));
  book.add(line(text));
  book.add(line('{"level":"info","msg":"task ended well"}'));
  expect(crashes).toEqual(['triptych-hybrid-auth']);
});

test('writes every line to the file of its stack', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triptych-logs-'));
  const book = new LogBook(folder);
  book.add(line('hello'));
  await book.close();
  expect(readFileSync(join(folder, 'triptych-hybrid-auth.log'), 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z Service hello\n',
  );
  rmSync(folder, { recursive: true });
});
