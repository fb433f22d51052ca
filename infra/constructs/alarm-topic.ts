import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { acknowledge } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';

/** The reason why the topic is not encrypted at rest. */
const NOT_ENCRYPTED =
  "Alarms cannot use AWS's own key of SNS, and a key of ours costs more than the messages, which name queues and counts.";

/**
 * Creates the topic that all alarms of a variant notify, both when they are raised and when they end.
 * @param email the subscriber. It must confirm a message from SNS first
 */
export function alarmTopic(stack: Stack, email: string | undefined): Topic {
  const topic = new Topic(stack, 'Alarms', { enforceSSL: true });
  // A topic with a policy of its own needs this statement; the default policy would allow the whole account.
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#sns-publish-from-CloudWatch
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'cloudwatch',
            resource: 'alarm',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  if (!encryptUnderOwnKey(topic)) {
    acknowledge(topic, { SNS2: NOT_ENCRYPTED, CKV_AWS_26: NOT_ENCRYPTED });
  }
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

/** Connects every alarm in the stacks to the topic. */
export function notify(topic: Topic, stacks: Iterable<Stack>): void {
  const action = new SnsAction(topic);
  for (const stack of stacks) {
    for (const alarm of stack.node.findAll()) {
      if (!(alarm instanceof Alarm)) continue;
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
}
