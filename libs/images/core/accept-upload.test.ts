import { describe, expect, it } from 'vitest';
import { inMemoryPorts } from '../testing/in-memory-ports.ts';
import { acceptUpload, MAX_ORIGINAL_BYTES } from './accept-upload.ts';

const accepted = {
  type: 'image.accepted',
  data: { imageId: 'i1', widthPx: 30, heightPx: 20, format: 'png' },
};
const rejected = { type: 'image.rejected', data: { imageId: 'i1', code: 'unsupported-image' } };

describe('an upload', () => {
  it('of a picture is stored as an original, announced and removed', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    expect(await acceptUpload(ports, 'i1')).toBe('accepted');
    expect(ports.announced).toEqual([accepted]);
    expect(ports.kept.get('i1')?.bytes).toEqual(Buffer.from('30x20'));
    expect(ports.uploads.size).toBe(0);
  });

  it('of anything else is rejected with a code and removed', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '<svg/>');
    expect(await acceptUpload(ports, 'i1')).toBe('rejected');
    expect(ports.announced).toEqual([rejected]);
    expect([ports.kept.size, ports.uploads.size]).toEqual([0, 0]);
  });

  it('that exceeds the size limit is rejected', async () => {
    const ports = inMemoryPorts();
    ports.uploads.set('i1', new Uint8Array(MAX_ORIGINAL_BYTES + 1));
    expect(await acceptUpload(ports, 'i1')).toBe('rejected');
    expect(ports.announced).toEqual([
      { type: 'image.rejected', data: { imageId: 'i1', code: 'too-many-bytes' } },
    ]);
  });

  it('is neither rejected nor lost if judging it fails for now', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    const processor = { inspect: () => Promise.reject(new Error('out of memory')) };
    await expect(acceptUpload({ ...ports, processor }, 'i1')).rejects.toThrow('out of memory');
    expect(ports.announced).toEqual([]);
    expect(await acceptUpload(ports, 'i1')).toBe('accepted');
    expect(ports.announced).toEqual([accepted]);
  });

  it('is announced again when its message is redelivered', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    await acceptUpload(ports, 'i1');
    expect(await acceptUpload(ports, 'i1')).toBe('accepted');
    expect(ports.announced).toEqual([accepted, accepted]);
  });

  it('stays rejected after a redelivery, and after a picture is uploaded in its place', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', 'no picture');
    await acceptUpload(ports, 'i1');
    expect(await acceptUpload(ports, 'i1')).toBe('rejected');
    ports.upload('i1', '30x20');
    expect(await acceptUpload(ports, 'i1')).toBe('rejected');
    expect(ports.announced).toEqual([rejected, rejected, rejected]);
    expect([ports.kept.size, ports.uploads.size]).toEqual([0, 0]);
  });

  it('that does not exist is not announced', async () => {
    const ports = inMemoryPorts();
    expect(await acceptUpload(ports, 'i1')).toBe('gone');
    expect(ports.announced).toEqual([]);
  });

  it('never replaces an original', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    await acceptUpload(ports, 'i1');
    ports.upload('i1', '99x99');
    await acceptUpload(ports, 'i1');
    expect(ports.kept.get('i1')?.bytes).toEqual(Buffer.from('30x20'));
    expect(ports.announced).toEqual([accepted, accepted]);
    expect(ports.uploads.size).toBe(0);
  });
});

describe('a killed worker', () => {
  /** Wraps ports so that the n-th call to any of them throws, before or after it takes effect. */
  function dying(ports: ReturnType<typeof inMemoryPorts>, lastCall: number, takesEffect: boolean) {
    let calls = 0;
    const wrap = <T extends object>(port: T): T =>
      new Proxy(port, {
        get:
          (target, name) =>
          async (...given: unknown[]) => {
            calls += 1;
            const call = Reflect.get(target, name) as (...all: unknown[]) => unknown;
            if (calls !== lastCall) return call(...given);
            if (takesEffect) await call(...given);
            throw new Error('killed');
          },
      });
    const deps = {
      originals: wrap(ports.originals),
      processor: wrap(ports.processor),
      announcer: wrap(ports.announcer),
    };
    return { deps, calls: () => calls };
  }

  it.each([
    { picture: '30x20', announcement: accepted, originals: 1 },
    { picture: 'no picture', announcement: rejected, originals: 0 },
  ])(
    'loses nothing of "$picture" at any step, once its message is redelivered',
    async (example) => {
      let steps = 1;
      for (let lastCall = 1; lastCall <= steps; lastCall += 1) {
        for (const takesEffect of [false, true]) {
          const ports = inMemoryPorts();
          ports.upload('i1', example.picture);
          const worker = dying(ports, lastCall, takesEffect);
          await acceptUpload(worker.deps, 'i1').catch(() => {});
          // If this step was reached, there may be another one after it.
          if (worker.calls() === lastCall) steps = Math.max(steps, lastCall + 1);
          await acceptUpload(ports, 'i1');

          expect(ports.announced.length).toBeGreaterThan(0);
          for (const announcement of ports.announced) {
            expect(announcement).toEqual(example.announcement);
          }
          expect([ports.kept.size, ports.uploads.size]).toEqual([example.originals, 0]);
        }
      }
      expect(steps).toBeGreaterThan(4);
    },
  );
});
