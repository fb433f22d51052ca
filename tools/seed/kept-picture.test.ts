import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptPicture } from './kept-picture.ts';

let home = '';
let made = 0;
const make = async () => {
  made += 1;
  return Buffer.from(`picture ${made}, and so on`);
};
const get = (inputs = 'a lantern', folder = join(home, 'pictures')) =>
  keptPicture(folder, inputs, make).then(String);
const onlyFile = async () => {
  const names = await readdir(join(home, 'pictures'));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.jpg$/)]);
  return join(home, 'pictures', names[0] ?? '');
};

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'triptych-pictures-'));
  made = 0;
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('a cached picture', () => {
  it('is made once', async () => {
    expect(await get()).toBe('picture 1, and so on');
    expect(await get()).toBe('picture 1, and so on');
    await onlyFile();
  });

  it('is made again when any of its inputs changes', async () => {
    await get();
    expect(await get('a lantern, lit')).toBe('picture 2, and so on');
  });

  it('is made again when its file is truncated, and then cached', async () => {
    await get();
    await truncate(await onlyFile(), 40);
    expect(await get()).toBe('picture 2, and so on');
    expect(await get()).toBe('picture 2, and so on');
    await writeFile(await onlyFile(), '');
    expect(await get()).toBe('picture 3, and so on');
  });

  it('is made again when a byte of its file has changed', async () => {
    await get();
    const bytes = await readFile(await onlyFile());
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    await writeFile(await onlyFile(), bytes);
    expect(await get()).toBe('picture 2, and so on');
  });

  it('is made each time when the folder cannot be written', async () => {
    const file = join(home, 'no-folder');
    await writeFile(file, '');
    expect(await get('a lantern', file)).toBe('picture 1, and so on');
    expect(await get('a lantern', file)).toBe('picture 2, and so on');
  });

  it('leaves nothing behind when making it fails', async () => {
    const folder = join(home, 'pictures');
    const failing = keptPicture(folder, 'x', () => Promise.reject(new Error('no ink')));
    await expect(failing).rejects.toThrow('no ink');
    expect(await readdir(home)).toEqual([]);
  });
});
