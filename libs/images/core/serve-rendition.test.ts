import { describe, expect, it } from 'vitest';
import { inMemoryPorts } from '../testing/in-memory-ports.ts';
import { createImages } from './images.ts';
import type { Variant } from './variant.ts';

const variant: Variant = { imageId: 'i1', widthPx: 640, format: 'webp' };
const everything = Number.POSITIVE_INFINITY;
const made = Buffer.from('3000x2000 as 640 webp');

describe('where nothing is stored', () => {
  const ports = () => {
    const { variants: _, ...rest } = inMemoryPorts();
    return rest;
  };

  it('makes the variant each time', async () => {
    const given = ports();
    given.accept('i1');
    const { variants } = createImages(given);
    await variants.serve(variant, everything);
    expect(await variants.serve(variant, everything)).toEqual({ kind: 'bytes', bytes: made });
    expect(given.resized).toHaveLength(2);
  });

  it('makes it once for a crowd that asks at the same time', async () => {
    const given = ports();
    given.accept('i1');
    const { variants } = createImages(given);
    const crowd = Array.from({ length: 100 }, () => variants.serve(variant, everything));
    const answers = await Promise.all(crowd);
    expect(new Set(answers.map((answer) => answer.kind))).toEqual(new Set(['bytes']));
    expect(given.resized).toEqual(['images/i1/w640.webp']);
  });

  it('finds neither an unknown image nor an upload that is not judged yet', async () => {
    const given = ports();
    given.upload('i1', '3000x2000');
    const { variants } = createImages(given);
    await expect(variants.serve(variant, everything)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await variants.exists('i1')).toBe(false);
    expect(given.resized).toEqual([]);
  });

  it('forgets a failed attempt', async () => {
    const given = ports();
    const { variants } = createImages(given);
    await expect(variants.serve(variant, everything)).rejects.toThrow();
    given.accept('i1');
    expect(await variants.serve(variant, everything)).toMatchObject({ kind: 'bytes' });
  });
});

describe('where variants are stored', () => {
  it('makes a variant once and stores it under its URL', async () => {
    const given = inMemoryPorts();
    given.accept('i1');
    const { variants } = createImages(given);
    await variants.serve(variant, everything);
    expect(await variants.serve(variant, everything)).toEqual({ kind: 'bytes', bytes: made });
    expect(given.resized).toHaveLength(1);
    expect([...given.stored.keys()]).toEqual(['images/i1/w640.webp']);
  });

  it('says that a large one is stored, the first time and later', async () => {
    const given = inMemoryPorts();
    given.accept('i1');
    const { variants } = createImages(given);
    const answer = { kind: 'stored', sizeBytes: made.byteLength };
    expect(await variants.serve(variant, made.byteLength - 1)).toEqual(answer);
    expect(await variants.serve(variant, made.byteLength - 1)).toEqual(answer);
    expect(await variants.serve(variant, made.byteLength)).toMatchObject({ kind: 'bytes' });
  });

  it('fails rather than name a variant that could not be stored', async () => {
    const given = inMemoryPorts();
    given.accept('i1');
    const save = () => Promise.reject(new Error('bucket is away'));
    const { variants } = createImages({ ...given, variants: { ...given.variants, save } });
    await expect(variants.serve(variant, 1)).rejects.toThrow('bucket is away');
  });
});
