import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { DataPlane } from '@triptych/platform/testing/data-plane';
import type { LocalStackSettings } from './localstack-settings.ts';

const ACCOUNT_ID = '000000000000';
/** The largest `WaitTimeSeconds` of SQS's ReceiveMessage (API reference of Amazon SQS). */
const LONGEST_POLL_S = 20;
const MESSAGE_COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** The queue, bus and rule operations of a data plane in LocalStack. */
export function localStackMessages(cloud: LocalStackSettings): {
  of: Pick<DataPlane, 'createQueue' | 'createBus' | 'createRule' | 'messagesIn' | 'takeMessage'>;
  destroy(): void;
} {
  const sqs = new SQSClient(cloud);
  const events = new EventBridgeClient(cloud);
  let rules = 0;
  return {
    of: {
      createQueue: async (QueueName, properties = {}) => {
        // In the API, unlike in a template, all queue attributes are text.
        const Attributes = Object.fromEntries(
          Object.entries(properties).map(([name, value]) => [name, String(value)]),
        );
        await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
        // The URL in the response contains a host name that needs DNS, and the port in the
        // container.
        const QueueUrl = `${cloud.endpoint}/${ACCOUNT_ID}/${QueueName}`;
        cloud.undo.push(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
        return QueueUrl;
      },
      createBus: async (Name) => {
        await events.send(new CreateEventBusCommand({ Name }));
        cloud.undo.push(() => events.send(new DeleteEventBusCommand({ Name })));
        return Name;
      },
      createRule: async ({ bus: EventBusName, pattern, queueUrl }) => {
        rules += 1;
        const rule = { EventBusName, Rule: `rule-${rules}` };
        const queue = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
        const target = { Id: 'queue', Arn: `arn:aws:sqs:${cloud.region}:${ACCOUNT_ID}:${queue}` };
        const EventPattern = JSON.stringify(pattern);
        await events.send(new PutRuleCommand({ EventBusName, Name: rule.Rule, EventPattern }));
        cloud.undo.push(async () => {
          await events.send(new RemoveTargetsCommand({ ...rule, Ids: [target.Id] }));
          await events.send(new DeleteRuleCommand({ EventBusName, Name: rule.Rule }));
        });
        await events.send(new PutTargetsCommand({ ...rule, Targets: [target] }));
      },
      messagesIn: async (QueueUrl) => {
        const AttributeNames = [...MESSAGE_COUNTS];
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames });
        const { Attributes = {} } = await sqs.send(command);
        return MESSAGE_COUNTS.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
      },
      takeMessage: async (QueueUrl, withinMs) => {
        const endsAt = performance.now() + withinMs;
        for (;;) {
          const leftS = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
          const WaitTimeSeconds = Math.min(leftS, LONGEST_POLL_S);
          const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds }));
          const body = received.Messages?.[0]?.Body;
          if (body !== undefined || performance.now() >= endsAt) return body;
        }
      },
    },
    destroy: () => {
      sqs.destroy();
      events.destroy();
    },
  };
}
