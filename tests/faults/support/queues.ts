import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { localAws } from '@triptych/base/local-aws';
import { QUEUE_IDS, type QueueName } from '@triptych/context-map';
import { stackOutputs } from '@triptych/shop/admin/stack-outputs';
import { deadLettersOf } from '@triptych/shop/operate/redrive-queue';
import { env, variant } from './control.ts';

const endpointUrl = env('TRIPTYCH_ENDPOINT_URL');
const client = new SQSClient(localAws(endpointUrl));

async function urlOf(queue: QueueName): Promise<string> {
  const outputs = await stackOutputs(`triptych-${variant}-state`, endpointUrl);
  return outputs[`${QUEUE_IDS[queue]}Url`] ?? '';
}

/** Sends a message to a queue of this variant directly, so no rule of the bus filters it. */
export async function sendDirectly(queue: QueueName, MessageBody: string): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl: await urlOf(queue), MessageBody }));
}

/**
 * Removes those of the given bodies that are visible in a queue's dead-letter queue, and returns them. Other messages
 * stay.
 */
export async function takeDeadLetters(
  queue: QueueName,
  bodies: readonly string[],
): Promise<string[]> {
  const name = (await deadLettersOf(client, await urlOf(queue))).split(':').at(-1);
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
  const taken: string[] = [];
  for (;;) {
    // Messages that stay are visible again at once, so a pass without a match ends the loop.
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    });
    const { Messages = [] } = await client.send(command);
    const found = Messages.filter(({ Body = '' }) => bodies.includes(Body));
    if (found.length === 0) return taken;
    for (const { Body = '', ReceiptHandle } of found) {
      taken.push(Body);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
