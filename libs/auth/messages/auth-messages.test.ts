import { expect, it } from 'vitest';
import { authMessages } from './auth-messages.ts';

it('rotates keys if due when the daily schedule fires, and for no other message', async () => {
  let runs = 0;
  const handle = authMessages({
    rotateKeysIfDue: async () => {
      runs += 1;
      return { promoteNext: false, publishNext: false, hastenNext: false, drop: [] };
    },
  });
  const scheduled = { id: 'm', source: 'aws.events', detail: {}, body: '{}', receiveCount: 1 };
  await handle({ ...scheduled, type: 'Scheduled Event' });
  await handle({ ...scheduled, type: 'order.placed' });
  expect(runs).toBe(1);
});
