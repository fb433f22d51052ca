import { type MessageHandler, routeMessages } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Auth } from '../core/index.ts';

/** What auth's worker does: the daily schedule (EventBridge's detail-type for rules with a rate) rotates keys. */
export function authMessages(auth: Pick<Auth, 'rotateKeysIfDue'>): MessageHandler {
  return routeMessages({
    'Scheduled Event': async () => {
      await span('auth.rotate-keys-if-due', {}, () => auth.rotateKeysIfDue());
    },
  });
}
