import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { narrate } from './narrator.ts';

function tell(isTTY: boolean) {
  const written: string[] = [];
  const out = { write: (text: string) => written.push(text), isTTY, columns: 20 };
  return { narrator: narrate(out), written };
}

it('what has ended is a line with its time', () => {
  const { narrator, written } = tell(false);
  narrator.done('healthy', 'edge', 1_500);
  expect(stripVTControlCharacters(written.join(''))).toBe('✓   1.5 s  healthy      edge\n');
});

it('what goes on is written over, and cut to the width of the terminal', () => {
  const { narrator, written } = tell(true);
  narrator.now('waiting for everything in the world');
  narrator.done('healthy', 'edge', 0);
  expect(stripVTControlCharacters(written[0] ?? '')).toBe('\r… waiting for ever');
  expect(written[1]?.startsWith('\r\u001b[K')).toBe(true);
});

it('a file gets no lines that change', () => {
  const { narrator, written } = tell(false);
  narrator.now('waiting');
  expect(written).toEqual([]);
});
