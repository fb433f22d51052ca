import { describe, expect, it } from 'vitest';
import { inMemoryPorts } from '../testing/in-memory-ports.ts';
import { createAcceptUpload, maxOriginalBytes } from './accept-upload.ts';

const accepted = { type: 'accepted', imageId: 'i1', widthPx: 30 };
const rejected = { type: 'rejected', imageId: 'i1', code: 'unsupported-image' };

describe('an upload', () => {
  it('that is a picture becomes an original, is announced and goes', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    expect(await createAcceptUpload(ports)('i1')).toBe('accepted');
    expect(ports.announced).toEqual([accepted]);
    expect(ports.kept.get('i1')?.bytes).toEqual(Buffer.from('30x20'));
    expect(ports.uploads.size).toBe(0);
  });

  it('that is none is rejected with its code and goes', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '<svg/>');
    expect(await createAcceptUpload(ports)('i1')).toBe('rejected');
    expect(ports.announced).toEqual([rejected]);
    expect([ports.kept.size, ports.uploads.size]).toEqual([0, 0]);
  });

  it('that is larger than an original may be is rejected', async () => {
    const ports = inMemoryPorts();
    ports.uploads.set('i1', new Uint8Array(maxOriginalBytes + 1));
    expect(await createAcceptUpload(ports)('i1')).toBe('rejected');
  });

  it('told of again is announced again while its original is there', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', '30x20');
    const acceptUpload = createAcceptUpload(ports);
    await acceptUpload('i1');
    expect(await acceptUpload('i1')).toBe('accepted');
    expect(ports.announced).toEqual([accepted, accepted]);
  });

  it('once rejected stays rejected, told of again or with a picture in its place', async () => {
    const ports = inMemoryPorts();
    ports.upload('i1', 'no picture');
    const acceptUpload = createAcceptUpload(ports);
    await acceptUpload('i1');
    expect(await acceptUpload('i1')).toBe('rejected');
    ports.upload('i1', '30x20');
    expect(await acceptUpload('i1')).toBe('rejected');
    expect(ports.announced).toEqual([rejected, rejected, rejected]);
    expect([ports.kept.size, ports.uploads.size]).toEqual([0, 0]);
  });

  it('that nobody sent is nothing to announce', async () => {
    const ports = inMemoryPorts();
    expect(await createAcceptUpload(ports)('i1')).toBe('gone');
    expect(ports.announced).toEqual([]);
  });

  it('never replaces an original', async () => {
    const ports = inMemoryPorts();
    const acceptUpload = createAcceptUpload(ports);
    ports.upload('i1', '30x20');
    await acceptUpload('i1');
    ports.upload('i1', '99x99');
    await acceptUpload('i1');
    expect(ports.kept.get('i1')?.bytes).toEqual(Buffer.from('30x20'));
    expect(ports.announced).toEqual([accepted, accepted]);
    expect(ports.uploads.size).toBe(0);
  });
});

describe('a worker killed', () => {
  /** Ports of which the n-th call, counted over all, never returns: before it takes effect, or after. */
  function deadly(ports: ReturnType<typeof inMemoryPorts>, lastCall: number, takesEffect: boolean) {
    let calls = 0;
    const dying = <T extends object>(port: T): T =>
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
    const { originals, processor, announcer } = ports;
    const acceptUpload = createAcceptUpload({
      originals: dying(originals),
      processor: dying(processor),
      announcer: dying(announcer),
    });
    return { acceptUpload, calls: () => calls };
  }

  it.each([
    { picture: '30x20', announcement: accepted, originals: 1 },
    { picture: 'no picture', announcement: rejected, originals: 0 },
  ])('at any step over "$picture" loses nothing once told again', async (example) => {
    let steps = 1;
    for (let lastCall = 1; lastCall <= steps; lastCall += 1) {
      for (const takesEffect of [false, true]) {
        const ports = inMemoryPorts();
        ports.upload('i1', example.picture);
        const worker = deadly(ports, lastCall, takesEffect);
        await worker.acceptUpload('i1').catch(() => {});
        // The next step exists if this one was reached.
        if (worker.calls() === lastCall) steps = Math.max(steps, lastCall + 1);
        await createAcceptUpload(ports)('i1');

        expect(ports.announced.length).toBeGreaterThan(0);
        for (const said of ports.announced) expect(said).toEqual(example.announcement);
        expect([ports.kept.size, ports.uploads.size]).toEqual([example.originals, 0]);
      }
    }
    expect(steps).toBeGreaterThan(4);
  });
});
