import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SavedChange, SavedState } from '../persist/index.ts';
import { CodeVersions } from './code-versions.ts';

let artifact: string;
let code: CodeVersions;
let saved: SavedState;

/** Keeps its entries in memory, so that a second `CodeVersions` finds what the first has saved. */
function memoryState(): SavedState {
  const areas = new Map<string, Map<string, SavedChange>>();
  return {
    entries: (area) =>
      [...(areas.get(area) ?? new Map<string, SavedChange>())].map(([key, { value, bytes }]) => {
        return { key, value, bytes: bytes ?? Buffer.alloc(0) };
      }),
    write(changes) {
      for (const change of changes) {
        const area = areas.get(change.area) ?? new Map();
        if (change.value === undefined && change.bytes === undefined) area.delete(change.key);
        else area.set(change.key, change);
        areas.set(change.area, area);
      }
    },
    close() {},
  };
}

const build = (text: string) => writeFileSync(join(artifact, 'index.mjs'), text);
const published = (version: string) =>
  readFileSync(join(code.folderOf('checkout', version), 'index.mjs'), 'utf8');

beforeEach(() => {
  artifact = mkdtempSync(join(tmpdir(), 'triptych-artifact-'));
  saved = memoryState();
  code = new CodeVersions(saved);
});
afterEach(() => {
  code.close();
  rmSync(artifact, { recursive: true });
});

it('a later build does not change a published version', () => {
  build('a');
  expect(code.publish('checkout', artifact)).toBe('1');
  build('b');
  expect(code.publish('checkout', artifact)).toBe('2');
  expect([published('1'), published('2')]).toEqual(['a', 'b']);
});

it('the same code is published once', () => {
  build('a');
  code.publish('checkout', artifact);
  build('a');
  expect(code.publish('checkout', artifact)).toBe('1');
  expect(code.of('checkout')).toEqual(['1']);
});

it('versions survive a restart of the local cloud', () => {
  build('a');
  code.publish('checkout', artifact);
  code.close();
  code = new CodeVersions(saved);
  expect(code.of('checkout')).toEqual(['1']);
  expect(published('1')).toBe('a');
  build('b');
  expect(code.publish('checkout', artifact)).toBe('2');
});

it('a deleted version is gone, also after a restart', () => {
  build('a');
  code.publish('checkout', artifact);
  build('b');
  code.publish('checkout', artifact);
  code.delete('checkout', '1');
  expect(existsSync(code.folderOf('checkout', '1'))).toBe(false);
  expect(code.of('checkout')).toEqual(['2']);
  expect(new CodeVersions(saved).of('checkout')).toEqual(['2']);
});
