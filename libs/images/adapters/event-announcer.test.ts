import type { DomainEvent } from '@triptych/events';
import { expect, it } from 'vitest';
import { eventAnnouncer } from './event-announcer.ts';

const clock = { now: () => Date.parse('2026-02-01T12:00:00.000Z') };
const ids = { next: () => 'e1' };
const facts = { imageId: 'i1', widthPx: 30, heightPx: 20, format: 'png' };

it('publishes verdicts as events of the shop', async () => {
  const published: DomainEvent[] = [];
  const publisher = {
    publish: async (events: readonly DomainEvent[]) => {
      published.push(...events);
      return { failedIds: [] };
    },
  };
  const announcer = eventAnnouncer({ publisher, clock, ids });
  await announcer.accepted(facts);
  await announcer.rejected({ imageId: 'i2', code: 'unsupported-image' });
  const stamp = { id: 'e1', occurredAt: '2026-02-01T12:00:00.000Z', source: 'triptych.images' };
  expect(published).toEqual([
    { ...stamp, type: 'image.accepted', data: facts },
    { ...stamp, type: 'image.rejected', data: { imageId: 'i2', code: 'unsupported-image' } },
  ]);
});

it('fails when the bus answers but did not take the event', async () => {
  const publisher = { publish: async () => ({ failedIds: ['e1'] }) };
  const announcer = eventAnnouncer({ publisher, clock, ids });
  await expect(announcer.accepted(facts)).rejects.toThrow('image.accepted e1');
});
