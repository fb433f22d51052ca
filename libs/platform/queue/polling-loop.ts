import { setTimeout as wait } from 'node:timers/promises';
import type { Message, MessageSystemAttributeName, SQSClient } from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import type { Loop } from '../container/loop.ts';
import type { Logger } from '../telemetry/logger.ts';
import { currentLogger } from '../telemetry/process-telemetry.ts';
import { changeVisibility } from './change-visibility.ts';
import { processMessage } from './process-message.ts';
import type { MessageHandler } from './queue-message.ts';
import { queueName } from './queue-name.ts';

const BATCH = 10;
/** Longer polls cost less, but slow down shutdown and failover. */
const WAIT_SECONDS = 5;
/** Shorter than the queue's visibility timeout: after that, another consumer receives the message. */
const HANDLER_TIMEOUT_MS = 25_000;
/** How long `stop` waits for messages that are being handled. */
const DRAIN_MS = 6_000;
const PAUSE_AFTER_ERROR_MS = 1_000;
const ATTRIBUTES: MessageSystemAttributeName[] = ['ApproximateReceiveCount', 'SentTimestamp'];

/** Polls one queue until it is stopped, and handles up to ten messages at a time. For long-running processes. */
export function pollingLoop(options: {
  sqs: SQSClient;
  queueUrl: string;
  handle: MessageHandler;
  logger?: Logger;
}): Loop {
  const { sqs, queueUrl, handle } = options;
  const queue = queueName(queueUrl);
  const logger = () => options.logger ?? currentLogger();
  let failedLastPoll = false;
  let settled = Promise.resolve();
  let settle = () => {};

  const consumer = Consumer.create({
    sqs,
    queueUrl,
    batchSize: BATCH,
    waitTimeSeconds: WAIT_SECONDS,
    handleMessageTimeout: HANDLER_TIMEOUT_MS,
    authenticationErrorTimeout: PAUSE_AFTER_ERROR_MS,
    messageSystemAttributeNames: ATTRIBUTES,
    preReceiveMessageCallback: async () => {
      // The consumer polls again immediately after an error; without a pause, an unreachable queue causes a busy loop.
      if (failedLastPoll)
        await wait(PAUSE_AFTER_ERROR_MS * (0.5 + Math.random()), undefined, { ref: false });
      failedLastPoll = false;
    },
    postReceiveMessageCallback: async () => {
      settled = new Promise((resolve) => {
        settle = resolve;
      });
    },
    handleMessage: handleOne,
  });

  async function handleOne(message: Message): Promise<Message | undefined> {
    const received = {
      id: message.MessageId ?? '',
      body: message.Body ?? '',
      attributes: message.Attributes ?? {},
    };
    const processed = await processMessage(received, queue, handle, 'sqs-poll');
    if (processed === 'done') return message;
    await changeVisibility(sqs, queueUrl, message.ReceiptHandle, processed.afterSeconds);
    return undefined;
  }

  // A poll ends in one of three ways: no messages, all messages handled, or an error.
  consumer.on('empty', () => settle());
  consumer.on('response_processed', () => settle());
  consumer.on('error', (err) => {
    settle();
    if (!consumer.status.isRunning) return;
    failedLastPoll = true;
    logger().warn({ err, queue }, 'queue not polled');
  });
  consumer.on('processing_error', (err) =>
    logger().warn({ err, queue }, 'message visibility not changed'),
  );
  consumer.on('timeout_error', (err) =>
    logger().error({ err, queue }, 'message handler timed out'),
  );

  return {
    start: () => consumer.start(),
    async stop() {
      // Stopping aborts the current request. A long poll may be aborted, but deletes of handled messages must finish
      // first.
      await Promise.race([settled, wait(DRAIN_MS, undefined, { ref: false })]);
      consumer.stop({ abort: true });
    },
  };
}
