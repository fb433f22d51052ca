import type { EventExamples } from '../event-examples.ts';

export const examples: EventExamples = {
  'image.accepted': {
    good: [{ imageId: 'i1', widthPx: 30, heightPx: 20, format: 'png' }],
    bad: [{ imageId: 'i1', widthPx: 0, heightPx: 20, format: 'png' }],
  },
  'image.rejected': {
    good: [
      { imageId: 'i1', code: 'unsupported-image' },
      { imageId: 'i1', code: 'truncated-image' },
      { imageId: 'i1', code: 'unsupported-colour' },
      { imageId: 'i1', code: 'too-many-pixels' },
      { imageId: 'i1', code: 'too-many-bytes' },
    ],
    bad: [
      { imageId: '../i1', code: 'unsupported-image' },
      { imageId: 'i1', code: 'other' },
    ],
  },
};
