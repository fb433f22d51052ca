import { type MessageHandler, onMessageFrom, routeMessages } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Auth } from '../core/index.ts';

/** Rotates keys when the daily schedule fires (EventBridge's detail-type for rules with a rate). */
export function authMessages(auth: Pick<Auth, 'rotateKeysIfDue'>): MessageHandler {
  const rotate = async () => {
    await span('auth.rotate-keys-if-due', {}, () => auth.rotateKeysIfDue());
  };
  return routeMessages([onMessageFrom('aws.events', 'Scheduled Event', rotate)]);
}
