import { describe, expect, it } from 'vitest';
import { inMemoryPorts } from '../testing/in-memory-ports.ts';
import { createImages } from './images.ts';
import type { Rendition } from './rendition.ts';

const rendition: Rendition = { imageId: 'i1', widthPx: 640, format: 'webp' };
const unlimited = { rendition, maxBytes: Number.POSITIVE_INFINITY };
const made = Buffer.from('3000x2000 as 640 webp');

describe('without a store of renditions', () => {
  const portsWithoutStore = () => {
    const { renditions: _, ...rest } = inMemoryPorts();
    return rest;
  };

  it('makes the rendition for each request', async () => {
    const ports = portsWithoutStore();
    ports.accept('i1');
    const images = createImages(ports);
    await images.serveRendition(unlimited);
    expect(await images.serveRendition(unlimited)).toEqual({ kind: 'bytes', bytes: made });
    expect(ports.resized).toHaveLength(2);
  });

  it('makes it once for concurrent requests', async () => {
    const ports = portsWithoutStore();
    ports.accept('i1');
    const images = createImages(ports);
    const requests = Array.from({ length: 100 }, () => images.serveRendition(unlimited));
    const answers = await Promise.all(requests);
    expect(new Set(answers.map((answer) => answer.kind))).toEqual(new Set(['bytes']));
    expect(ports.resized).toEqual(['images/i1/w640.webp']);
  });

  it('finds neither an unknown image nor an upload without a verdict', async () => {
    const ports = portsWithoutStore();
    ports.upload('i1', '3000x2000');
    const images = createImages(ports);
    await expect(images.serveRendition(unlimited)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await images.imageExists('i1')).toBe(false);
    expect(ports.resized).toEqual([]);
  });

  it('does not remember a failed attempt', async () => {
    const ports = portsWithoutStore();
    const images = createImages(ports);
    await expect(images.serveRendition(unlimited)).rejects.toThrow();
    ports.accept('i1');
    expect(await images.serveRendition(unlimited)).toMatchObject({ kind: 'bytes' });
  });
});

describe('with a store of renditions', () => {
  it('makes a rendition once and stores it under its URL', async () => {
    const ports = inMemoryPorts();
    ports.accept('i1');
    const images = createImages(ports);
    await images.serveRendition(unlimited);
    expect(await images.serveRendition(unlimited)).toEqual({ kind: 'bytes', bytes: made });
    expect(ports.resized).toHaveLength(1);
    expect([...ports.stored.keys()]).toEqual(['images/i1/w640.webp']);
  });

  it('reports a large one as stored, the first time and later', async () => {
    const ports = inMemoryPorts();
    ports.accept('i1');
    const images = createImages(ports);
    const serve = (maxBytes: number) => images.serveRendition({ rendition, maxBytes });
    const answer = { kind: 'stored', sizeBytes: made.byteLength };
    expect(await serve(made.byteLength - 1)).toEqual(answer);
    expect(await serve(made.byteLength - 1)).toEqual(answer);
    expect(await serve(made.byteLength)).toMatchObject({ kind: 'bytes' });
  });

  it('fails if the rendition cannot be stored', async () => {
    const ports = inMemoryPorts();
    ports.accept('i1');
    const save = () => Promise.reject(new Error('bucket is away'));
    const images = createImages({ ...ports, renditions: { ...ports.renditions, save } });
    await expect(images.serveRendition({ rendition, maxBytes: 1 })).rejects.toThrow(
      'bucket is away',
    );
  });
});
