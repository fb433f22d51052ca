import type { DomainEvent } from '@triptych/events';
import { expect, it } from 'vitest';
import { announcerContract } from '../testing/announcer-contract.ts';
import { eventAnnouncer } from './event-announcer.ts';

const clock = { now: () => Date.parse('2026-02-01T12:00:00.000Z') };
const ids = { next: () => 'e1' };
const facts = { imageId: 'i1', widthPx: 30, heightPx: 20, format: 'png' };

function open() {
  const announced: DomainEvent[] = [];
  const publisher = {
    publish: async (events: readonly DomainEvent[]) => {
      announced.push(...events);
      return { failedIds: [] };
    },
  };
  return { announcer: eventAnnouncer({ publisher, clock, ids }), announced };
}

announcerContract('an event bus', open);

it('stamps events with an id, a time and a source', async () => {
  const { announcer, announced } = open();
  await announcer.accepted(facts);
  await announcer.rejected({ imageId: 'i2', code: 'unsupported-image' });
  const stamp = { id: 'e1', occurredAt: '2026-02-01T12:00:00.000Z', source: 'triptych.images' };
  expect(announced).toEqual([
    { ...stamp, type: 'image.accepted', data: facts },
    { ...stamp, type: 'image.rejected', data: { imageId: 'i2', code: 'unsupported-image' } },
  ]);
});

it('throws if the bus does not take the event', async () => {
  const publisher = { publish: async () => ({ failedIds: ['e1'] }) };
  const announcer = eventAnnouncer({ publisher, clock, ids });
  await expect(announcer.accepted(facts)).rejects.toThrow('image.accepted e1');
});
