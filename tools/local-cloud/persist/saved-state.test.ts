import {
  appendFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSavedState } from './open-saved-state.ts';
import type { SavedState } from './saved-state.ts';

let folder: string;
let logged: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saved-'));
  logged = [];
});
afterEach(() => rm(folder, { recursive: true }));

const open = (slackBytes?: number) =>
  openSavedState(folder, (text) => logged.push(text), slackBytes);
const journal = () => join(folder, 'journal');
const read = (state: SavedState, area = 'a') =>
  state.entries(area).map(({ key, value }) => [key, value]);
/** Writes without closing, like a process that is killed. */
const write = (state: SavedState, ...values: [string, unknown][]) =>
  state.write(values.map(([key, value]) => ({ area: 'a', key, value })));

describe('saved state', () => {
  it('survives a kill, in the order of the first writes', () => {
    const state = open();
    write(state, ['one', 1], ['two', { deep: [2] }], ['gone', 0]);
    write(state, ['one', 'again']);
    write(state, ['gone', undefined]);
    expect(read(open())).toEqual([
      ['one', 'again'],
      ['two', { deep: [2] }],
    ]);
    expect(read(open(), 'another area')).toEqual([]);
  });

  it('drops a torn write completely, and continues after the last valid one', () => {
    write(open(), ['one', 1]);
    write(open(), ['two', 2], ['three', 3]);
    truncateSync(journal(), statSync(journal()).size - 3);
    const state = open();
    expect(read(state)).toEqual([['one', 1]]);
    expect(logged).toEqual([expect.stringContaining('torn write')]);
    write(state, ['four', 4]);
    expect(read(open())).toEqual([
      ['one', 1],
      ['four', 4],
    ]);
  });

  it('drops a line that does not match its checksum', () => {
    write(open(), ['one', 1]);
    write(open(), ['two', 2]);
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replace('"two"', '"2wo"'));
    expect(read(open())).toEqual([['one', 1]]);
  });

  it('restores a state that existed, wherever the journal is cut off', () => {
    const states = [
      [],
      [['k', 0]],
      [['k', 1]],
      [
        ['k', 1],
        ['l', 2],
      ],
    ];
    const state = open();
    write(state, ['k', 0]);
    write(state, ['k', 1]);
    write(state, ['l', 2]);
    const whole = readFileSync(journal());
    const header = whole.indexOf('\n') + 1;
    for (let length = header; length <= whole.length; length += 1) {
      writeFileSync(journal(), whole.subarray(0, length));
      expect(states).toContainEqual(read(open()));
    }
  });

  it('reports the format of another version in one line', () => {
    open().close();
    writeFileSync(journal(), 'triptych-local-cloud 99\nwhatever');
    expect(() => open()).toThrow(/^[^\n]*format 99 of another version[^\n]*Remove it[^\n]*$/);
    writeFileSync(journal(), 'something else');
    expect(() => open()).toThrow(/is not a journal of the local cloud/);
  });

  it('is locked by one process at a time, and unlocked when that process ends', () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, String(process.ppid));
    expect(() => open()).toThrow(`used by process ${process.ppid}`);
    // No process id is this high.
    writeFileSync(lock, '999999999');
    open().close();
    expect(existsSync(lock)).toBe(false);
  });

  it('compacts the journal, and ignores an interrupted compaction', () => {
    const state = open(1000);
    for (let i = 0; i < 2000; i += 1) write(state, ['same', i]);
    expect(statSync(journal()).size).toBeLessThan(2000);
    appendFileSync(`${journal()}.new`, 'half');
    expect(read(open(1000))).toEqual([['same', 1999]]);
  });

  it('stores bytes in separate files, and removes unreferenced ones', async () => {
    const state = open();
    const put = (key: string, text: string) =>
      state.write([{ area: 'a', key, value: {}, bytes: Buffer.from(text) }]);
    for (const text of ['first', 'second']) put('object', text);
    put('removed', 'third');
    state.write([{ area: 'a', key: 'removed' }]);
    const blobs = join(folder, 'blobs');
    expect(await readdir(blobs)).toHaveLength(1);
    writeFileSync(join(blobs, 'orphan'), '');
    expect(open().entries('a')).toEqual([
      { key: 'object', value: {}, bytes: Buffer.from('second') },
    ]);
    const [name = ''] = await readdir(blobs);
    truncateSync(join(blobs, name), 2);
    expect(open().entries('a')).toEqual([]);
    expect(logged).toEqual([expect.stringContaining('are incomplete')]);
  });
});
