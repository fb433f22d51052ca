import { describe, expect, it } from 'vitest';
import type { ImageAnnouncer } from '../core/index.ts';
import type { Announcement } from './in-memory-announcer.ts';

const facts = { imageId: 'i1', widthPx: 30, heightPx: 20, format: 'png' };

/**
 * The contract of the announcer. Every implementation must pass it.
 * @param open opens an announcer and the list that its announcements are added to
 */
export function announcerContract(
  name: string,
  open: () => { announcer: ImageAnnouncer; announced: readonly Announcement[] },
): void {
  describe(`the announcer (${name})`, () => {
    it('announces verdicts as events of the shop, in order', async () => {
      const { announcer, announced } = open();
      await announcer.accepted(facts);
      await announcer.rejected({ imageId: 'i2', code: 'unsupported-image' });
      await announcer.rejected({ imageId: 'i3', code: 'truncated-image' });
      expect(announced).toMatchObject([
        { type: 'image.accepted', data: facts },
        { type: 'image.rejected', data: { imageId: 'i2', code: 'unsupported-image' } },
        { type: 'image.rejected', data: { imageId: 'i3', code: 'truncated-image' } },
      ]);
    });
  });
}
