import { type Rendition, renditionPath } from '@triptych/images/core';
import { expect, test } from 'vitest';
import { allRenditions } from './all-renditions.ts';
import { makeInPieces } from './job-in-pieces.ts';
import { makeAll } from './whole-job.ts';

function memory() {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    originals: { read: async (id: string) => (id === 'gone' ? undefined : new Uint8Array(9)) },
    processor: { resize: async () => new Uint8Array(3) },
    renditions: {
      find: async (rendition: Rendition) =>
        kept.has(renditionPath(rendition)) ? { sizeBytes: 3 } : undefined,
      save: async (rendition: Rendition, bytes: Uint8Array) => {
        kept.set(renditionPath(rendition), bytes);
      },
    },
  };
}

test('a picture has seven widths in three formats, each once', () => {
  expect(new Set(allRenditions('mug').map(renditionPath)).size).toBe(21);
});

test('the whole job renders everything and, after a restart, only what is missing', async () => {
  const ports = memory();
  const made: string[] = [];
  const note = (rendition: Rendition) => made.push(renditionPath(rendition));
  await makeAll(['mug', 'lamp'], ports, note);
  expect([made.length, ports.kept.size]).toEqual([42, 42]);
  ports.kept.delete('images/lamp/w640.webp');
  await makeAll(['mug', 'lamp'], ports, note);
  expect(made.slice(42)).toEqual(['images/lamp/w640.webp']);
});

test('the whole job names a missing original', async () => {
  await expect(makeAll(['gone'], memory(), () => {})).rejects.toThrow('gone');
});

test('failed pieces are retried, and reported if every attempt fails', async () => {
  const tries = new Map<string, number>();
  const invoke = async (rendition: Rendition) => {
    const key = renditionPath(rendition);
    tries.set(key, (tries.get(key) ?? 0) + 1);
    if (key === 'images/mug/w640.webp' && tries.get(key) === 1) throw new Error('killed');
    if (key === 'images/mug/w960.avif') throw new Error('never');
  };
  const done = await makeInPieces(['mug'], invoke, { atOnce: 4, attempts: 3 });
  expect(done).toEqual({
    pieces: 21,
    lostInvocations: 1 + 3,
    failed: [{ imageId: 'mug', widthPx: 960, format: 'avif' }],
  });
  expect(tries.size).toBe(21);
});
