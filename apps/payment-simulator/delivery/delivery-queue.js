import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { currentTraceparent } from '@triptych/platform/telemetry';
/** The name under which the worker knows a webhook. */
export const webhookMessage = 'webhook';
/** Sends events to the queue whose worker delivers them, with the trace they belong to. */
export function sqsDeliveries(options) {
  const { sqs, queueUrl } = options;
  return {
    async send({ id, payload }) {
      const traceparent = currentTraceparent();
      const detail = { id, payload, ...(traceparent === undefined ? {} : { traceparent }) };
      const MessageBody = JSON.stringify({
        'detail-type': webhookMessage,
        source: 'triptych.simulator',
        detail,
      });
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    },
  };
}
