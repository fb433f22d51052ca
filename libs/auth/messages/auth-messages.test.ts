import { InvalidMessageError } from '@triptych/platform/queue';
import { expect, it } from 'vitest';
import { authMessages } from './auth-messages.ts';

it('rotates keys if due when the daily schedule fires, and rejects every other message', async () => {
  let runs = 0;
  const handle = authMessages({
    rotateKeysIfDue: async () => {
      runs += 1;
      return { promoteNext: false, publishNext: false, hastenNext: false, drop: [] };
    },
  });
  const scheduled = { id: 'm', source: 'aws.events', detail: {}, body: '{}', receiveCount: 1 };
  await handle({ ...scheduled, type: 'Scheduled Event' });
  for (const other of [{ type: 'order.placed' }, { type: 'Scheduled Event', source: 'someone' }]) {
    await expect(handle({ ...scheduled, ...other })).rejects.toThrow(InvalidMessageError);
  }
  expect(runs).toBe(1);
});
