import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type LookUp, required } from './look-up.ts';

export const queue: LookUp = async ({ sqs }, { physicalId }) => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: physicalId, AttributeNames: ['QueueArn'] }),
  );
  const Arn = required(Attributes?.QueueArn, 'ARN');
  return { Arn, QueueName: Arn.split(':').at(-1) ?? '', QueueUrl: physicalId };
};

export const eventBus: LookUp = async ({ events }, { physicalId }) => {
  const { Arn, Name } = await events.send(new DescribeEventBusCommand({ Name: physicalId }));
  return { Arn: required(Arn, 'ARN'), Name: required(Name, 'name') };
};

/** Checks a rule and its targets; a rule without targets has no effect. */
export const rule: LookUp = async ({ events }, { physicalId, property }) => {
  const Name = physicalId.split('|').at(-1) ?? '';
  const EventBusName = String(property('EventBusName') ?? 'default');
  const { Arn } = await events.send(new DescribeRuleCommand({ Name, EventBusName }));
  const { Targets = [] } = await events.send(
    new ListTargetsByRuleCommand({ Rule: Name, EventBusName }),
  );
  const wanted = ((property('Targets') ?? []) as { Id: string }[]).map(({ Id }) => Id);
  const missing = wanted.filter((id) => !Targets.some((target) => target.Id === id));
  if (missing.length > 0) throw new Error(`it lacks the targets ${missing.join(', ')}`);
  return { Arn: required(Arn, 'ARN') };
};
