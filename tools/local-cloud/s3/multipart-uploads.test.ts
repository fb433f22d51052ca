import { expect, it } from 'vitest';
import { NO_SAVED_STATE, type SavedState } from '../persist/index.ts';
import { MultipartUploads } from './multipart-uploads.ts';

it('unfinished uploads survive a restart', () => {
  const body = Buffer.from('the end');
  const saved = new Map<string, { value: unknown; bytes: Buffer }>();
  const state: SavedState = {
    entries: (area) =>
      [...saved]
        .filter(([key]) => key.startsWith(`${area}\n`))
        .map(([key, entry]) => ({ key: key.split('\n')[1] ?? '', ...entry })),
    write: (changes) => {
      for (const { area, key, value, bytes = Buffer.alloc(0) } of changes) {
        if (value === undefined) saved.delete(`${area}\n${key}`);
        else saved.set(`${area}\n${key}`, { value: JSON.parse(JSON.stringify(value)), bytes });
      }
    },
    close: () => {},
  };
  const before = new MultipartUploads(state, 'bucket');
  const { id } = before.create({ key: 'k', headers: { 'content-type': 'a/b' } });
  const request = { key: 'k', query: new URLSearchParams({ uploadId: id }) };
  before.putPart(before.get(request), 1, body, {});
  const after = new MultipartUploads(state, 'bucket');
  const restored = after.get(request);
  expect(restored.headers).toEqual({ 'content-type': 'a/b' });
  expect(restored.parts.get(1)).toMatchObject({ body, modifiedAt: expect.any(Date) });
  after.remove(restored);
  expect(saved.size).toBe(0);
});

it('ids ascend with the uploads, because list markers are compared with them', () => {
  const uploads = new MultipartUploads(NO_SAVED_STATE, 'bucket');
  const ids = Array.from({ length: 100 }, () => uploads.create({ key: 'k', headers: {} }).id);
  expect(ids).toEqual([...ids].sort());
  expect(uploads.all().map(({ id }) => id)).toEqual(ids);
});
