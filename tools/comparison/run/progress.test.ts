import { expect, test } from 'vitest';
import { CompareProgress, duration } from './progress.ts';

function shown(isTTY: boolean, columns = 40) {
  const written: string[] = [];
  let now = 0;
  const output = { isTTY, columns, write: (text: string) => written.push(text) };
  return {
    written,
    progress: new CompareProgress(output, () => now),
    after: (ms: number) => {
      now += ms;
    },
  };
}

test('a terminal shows one line, redrawn and truncated to its width', () => {
  const { written, progress, after } = shown(true, 30);
  progress.update('latency: warm, microservices', 80_000);
  progress.update('too soon');
  after(200);
  progress.update('idle');
  progress.line('done');
  expect(written).toHaveLength(4);
  expect(written[0]).toMatch(/^\r/);
  expect(written[0]).not.toContain('\n');
  expect(written[0]).not.toContain('left');
  expect(written.at(-1)).toBe('done\n');
});

test('without a terminal, a line is printed at intervals', () => {
  const { written, progress, after } = shown(false);
  progress.update('latency', 80_000);
  after(5_000);
  progress.update('latency', 75_000);
  after(15_000);
  progress.update('latency', 65_000);
  expect(written).toEqual([
    '… latency · about 1 min 20 s left\n',
    '… latency · about 1 min 5 s left\n',
  ]);
});

test.each([
  [-5, '0 s'],
  [59_400, '59 s'],
  [200_000, '3 min 20 s'],
])('%i ms is %s', (ms, text) => expect(duration(ms)).toBe(text));
