import { describe, expect, it } from 'vitest';
import { noFaults } from '../control/misbehaviour.ts';
import { seededRandom } from '../control/random.ts';
import { NO_SAVED_STATE } from '../persist/index.ts';
import { md5OfAttributes, type StoredMessage } from './message.ts';
import { Queue } from './queue.ts';
import { SavedMessages } from './saved-messages.ts';
import { queueSettings } from './settings.ts';

function setUp(settings: Record<string, unknown> = {}) {
  const clock = { now: 1_000_000 };
  const misbehaviour = noFaults();
  const deadLetters: StoredMessage[] = [];
  const queue = new Queue('orders', 'arn:orders', queueSettings(settings), {
    now: () => clock.now,
    random: seededRandom(1),
    misbehaviour,
    saved: new SavedMessages(NO_SAVED_STATE, 'orders'),
    deadLetter: (message) => deadLetters.push(message),
  });
  const receive = async (max = 10) => queue.receive({ max, waitMs: 0 });
  const bodies = async (max = 10) => (await receive(max)).map((message) => message.body);
  return { clock, misbehaviour, deadLetters, queue, receive, bodies };
}

describe('Queue', () => {
  it('hides a received message until its visibility timeout has passed', async () => {
    const { clock, queue, bodies } = setUp({ VisibilityTimeout: 30 });
    queue.send({ body: 'a' });
    expect(await bodies()).toEqual(['a']);
    clock.now += 29_999;
    expect(await bodies()).toEqual([]);
    clock.now += 1;
    expect(await bodies()).toEqual(['a']);
  });

  it('deletes only by the newest receipt handle', async () => {
    const { clock, queue, receive } = setUp();
    queue.send({ body: 'a' });
    const [first] = await receive();
    clock.now += 30_000;
    const [second] = await receive();
    queue.delete(first?.receipt ?? '');
    expect(queue.depths().inFlight).toBe(1);
    queue.delete(second?.receipt ?? '');
    expect(queue.depths().inFlight).toBe(0);
  });

  it('lets the newest handle change the timeout after it has passed, until another receive', async () => {
    const { clock, queue, receive, bodies } = setUp({ VisibilityTimeout: 1 });
    queue.send({ body: 'a' });
    const [first] = await receive();
    clock.now += 2000;
    queue.changeVisibility(first?.receipt ?? '', 5);
    expect(await bodies()).toEqual([]);
    clock.now += 5000;
    expect(await bodies()).toEqual(['a']);
    expect(() => queue.changeVisibility(first?.receipt ?? '', 5)).toThrow('not in flight');
  });

  it('is purged at most once per minute', () => {
    const { clock, queue } = setUp();
    queue.purge();
    clock.now += 59_999;
    expect(() => queue.purge()).toThrow('Only one PurgeQueue operation on orders');
    clock.now += 1;
    expect(() => queue.purge()).not.toThrow();
  });

  it('rejects a receipt handle of another queue', () => {
    const { queue } = setUp();
    expect(() => queue.delete('nonsense')).toThrow('receipt handle is invalid');
  });

  it('delays a message by its own delay, or else by that of the queue', async () => {
    const { clock, queue, bodies } = setUp({ DelaySeconds: 900 });
    queue.send({ body: 'late' });
    queue.send({ body: 'now', delaySeconds: 0 });
    expect(queue.depths()).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
    expect(await bodies()).toEqual(['now']);
    clock.now += 900_000;
    expect(await bodies()).toContain('late');
  });

  it('delivers delayed messages on deliverDelayedNow', async () => {
    const { queue, bodies } = setUp({ DelaySeconds: 900 });
    queue.send({ body: 'late' });
    expect(queue.deliverDelayedNow()).toBe(1);
    expect(await bodies()).toEqual(['late']);
  });

  it('delivers postponed messages on deliverDelayedNow, but not those in flight', async () => {
    const { queue, receive, bodies } = setUp();
    queue.send({ body: 'put back' });
    queue.send({ body: 'in work' });
    const [first] = await receive();
    queue.changeVisibility(first?.receipt ?? '', 600);
    expect(queue.deliverDelayedNow()).toBe(1);
    expect(await bodies()).toEqual(['put back']);
  });

  it('releases a failed message immediately, unless its consumer postponed it', async () => {
    const { queue, receive, bodies } = setUp();
    queue.send({ body: 'failed' });
    queue.send({ body: 'later' });
    const [failed, later] = await receive();
    queue.changeVisibility(later?.receipt ?? '', 60);
    queue.release(failed?.receipt ?? '');
    queue.release(later?.receipt ?? '');
    expect(await bodies()).toEqual(['failed']);
  });

  it('moves a message to the dead-letter queue after maxReceiveCount receives', async () => {
    const redrive = { deadLetterTargetArn: 'arn:dead', maxReceiveCount: '2' };
    const { clock, deadLetters, queue, bodies } = setUp({ RedrivePolicy: redrive });
    queue.send({ body: 'poison' });
    for (const expected of [['poison'], ['poison'], []]) {
      expect(await bodies()).toEqual(expected);
      clock.now += 30_000;
    }
    expect(deadLetters).toMatchObject([{ body: 'poison', receiveCount: 2 }]);
  });

  it('removes a message after the retention period', async () => {
    const { clock, queue, bodies } = setUp({ MessageRetentionPeriod: 60 });
    queue.send({ body: 'old' });
    clock.now += 60_000;
    expect(await bodies()).toEqual([]);
  });

  it('ends a long poll when a message arrives', async () => {
    const { queue } = setUp();
    const waiting = queue.receive({ max: 1, waitMs: 20_000 });
    queue.send({ body: 'a' });
    expect((await waiting).map((message) => message.body)).toEqual(['a']);
  });

  it('ends a long poll when it is aborted or the queue closes', async () => {
    const { queue } = setUp();
    const abort = new AbortController();
    const aborted = queue.receive({ max: 1, waitMs: 20_000, signal: abort.signal });
    const closed = queue.receive({ max: 1, waitMs: 20_000 });
    abort.abort();
    expect(await aborted).toEqual([]);
    queue.close();
    expect(await closed).toEqual([]);
  });

  it('duplicates messages with another receipt handle, if configured', async () => {
    const { misbehaviour, queue, receive } = setUp();
    misbehaviour.duplicateDeliveries = 1;
    const { messageId } = queue.send({ body: 'a' });
    const received = [...(await receive()), ...(await receive()), ...(await receive())];
    expect(received.map((message) => message.messageId)).toEqual([messageId, messageId]);
    for (const message of received) queue.delete(message.receipt ?? '');
    expect(queue.depths()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('reorders messages, if configured, in the same way for the same seed', async () => {
    const run = async () => {
      const { misbehaviour, queue, bodies } = setUp();
      misbehaviour.reorderDeliveries = true;
      for (const body of ['a', 'b', 'c', 'd', 'e', 'f']) queue.send({ body });
      return bodies(6);
    };
    const order = await run();
    expect(order).not.toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect([...order].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(await run()).toEqual(order);
  });

  it('rejects a message that is too large, has invalid characters, or has no body', () => {
    const { queue } = setUp({ MaximumMessageSize: 1024 });
    expect(() => queue.send({ body: 'x'.repeat(1025) })).toThrow('shorter than 1024');
    expect(() => queue.send({ body: '\u0000' })).toThrow('Invalid characters');
    expect(() => queue.send({ body: '' })).toThrow('MessageBody');
  });
});

describe('queueSettings', () => {
  it('names the setting that is out of range', () => {
    expect(() => queueSettings({ DelaySeconds: 901 })).toThrow('DelaySeconds');
    expect(() => queueSettings({ VisibilityTimeout: 'soon' })).toThrow('VisibilityTimeout');
    expect(() => queueSettings({ RedrivePolicy: { maxReceiveCount: 3 } })).toThrow(
      'deadLetterTargetArn',
    );
  });
});

describe('md5OfAttributes', () => {
  it('does not depend on the order of the names', () => {
    const a = { DataType: 'String', StringValue: '1' };
    const b = { DataType: 'Binary', BinaryValue: 'AQI=' };
    expect(md5OfAttributes({ a, b })).toBe(md5OfAttributes({ b, a }));
    expect(md5OfAttributes({})).toBeUndefined();
  });
});
