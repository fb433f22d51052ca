import type { EventDraft } from '@triptych/events';
import type { ImageAnnouncer } from '../core/index.ts';

/** An announcement: the type of the event and its data. */
export type Announcement = Pick<EventDraft, 'type' | 'data'>;

/** An announcer that records, for unit tests. It passes the same contract as `eventAnnouncer`. */
export function inMemoryAnnouncer() {
  const announced: Announcement[] = [];
  const announcer: ImageAnnouncer = {
    async accepted(data) {
      announced.push({ type: 'image.accepted', data });
    },
    async rejected(data) {
      announced.push({ type: 'image.rejected', data });
    },
  };
  return { announcer, announced };
}
