import { describe, expect, it } from 'vitest';
import { inMemoryPorts } from '../testing/in-memory-ports.ts';
import { createImages } from './images.ts';
import { ENCODER_REVISION, type Rendition } from './rendition.ts';

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
  it('makes a rendition once and stores it under its URL and the revision', async () => {
    const ports = inMemoryPorts();
    ports.accept('i1');
    const images = createImages(ports);
    await images.serveRendition(unlimited);
    expect(await images.serveRendition(unlimited)).toEqual({ kind: 'bytes', bytes: made });
    expect(ports.resized).toHaveLength(1);
    expect([...ports.stored.keys()]).toEqual([
      `renditions/${ENCODER_REVISION}/images/i1/w640.webp`,
    ]);
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

describe('pictures that need much memory', () => {
  it('are decoded one after another, and small ones at the same time', async () => {
    const ports = inMemoryPorts();
    const accept = (imageId: string, widthPx: number, format: string) =>
      ports.kept.set(imageId, {
        bytes: Buffer.from(imageId),
        facts: { widthPx, heightPx: widthPx, format },
      });
    for (const id of ['large1', 'large2']) accept(id, 7_000, 'avif');
    for (const id of ['small1', 'small2']) accept(id, 1_000, 'jpeg');
    let [running, most] = [0, 0];
    const resize = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return Buffer.from('made');
    };
    const images = createImages({ ...ports, processor: { ...ports.processor, resize } });
    const serve = (imageId: string) =>
      images.serveRendition({ ...unlimited, rendition: { ...rendition, imageId } });
    await Promise.all([serve('large1'), serve('large2')]);
    expect(most).toBe(1);
    await Promise.all([serve('small1'), serve('small2')]);
    expect(most).toBe(2);
  });

  it('are not decoded while an upload is judged that may need as much', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    ports.kept.set('i2', {
      bytes: Buffer.from('i2'),
      facts: { widthPx: 7_000, heightPx: 7_000, format: 'avif' },
    });
    const events: string[] = [];
    const processor = {
      inspect: async (bytes: Uint8Array) => {
        events.push('judging begins');
        await new Promise((resolve) => setImmediate(resolve));
        events.push('judging ends');
        return ports.processor.inspect(bytes);
      },
      resize: async () => {
        events.push('resized');
        return Buffer.from('made');
      },
    };
    const images = createImages({ ...ports, processor });
    const accepted = images.acceptUpload('i1');
    await images.serveRendition({ ...unlimited, rendition: { ...rendition, imageId: 'i2' } });
    await accepted;
    expect(events).toEqual(['judging begins', 'judging ends', 'resized']);
  });
});
