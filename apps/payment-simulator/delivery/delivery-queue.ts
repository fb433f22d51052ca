import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { currentTraceparent } from '@triptych/platform/telemetry';
import type { WebhookEvent } from '../intents/intent.ts';

/** The detail-type of a webhook's message. */
export const WEBHOOK_MESSAGE = 'webhook';
export const WEBHOOK_SOURCE = 'triptych.simulator';

/** The port that sends events to the shop. */
export interface Deliveries {
  send(event: WebhookEvent): Promise<void>;
}

/** Sends events, with the current trace, to the queue whose worker delivers them. */
export function sqsDeliveries(options: { sqs: SQSClient; queueUrl: string }): Deliveries {
  const { sqs, queueUrl } = options;
  return {
    async send({ id, payload }) {
      const traceparent = currentTraceparent();
      const detail = { id, payload, ...(traceparent === undefined ? {} : { traceparent }) };
      const MessageBody = JSON.stringify({
        'detail-type': WEBHOOK_MESSAGE,
        source: WEBHOOK_SOURCE,
        detail,
      });
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    },
  };
}
