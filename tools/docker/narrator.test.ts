import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { narrate } from './narrator.ts';

function tell(isTTY: boolean) {
  const written: string[] = [];
  const out = { write: (text: string) => written.push(text), isTTY, columns: 20 };
  return { narrator: narrate(out), written };
}

it('prints a finished step with its duration', () => {
  const { narrator, written } = tell(false);
  narrator.done('healthy', 'edge', 1_500);
  expect(stripVTControlCharacters(written.join(''))).toBe('✓   1.5 s  healthy      edge\n');
});

it('overwrites the status line and cuts it to the width of the terminal', () => {
  const { narrator, written } = tell(true);
  narrator.now('waiting for everything in the world');
  narrator.done('healthy', 'edge', 0);
  expect(stripVTControlCharacters(written[0] ?? '')).toBe('\r… waiting for ever');
  expect(written[1]?.startsWith('\r\u001b[K')).toBe(true);
});

it('writes no status line to a file', () => {
  const { narrator, written } = tell(false);
  narrator.now('waiting');
  expect(written).toEqual([]);
});
