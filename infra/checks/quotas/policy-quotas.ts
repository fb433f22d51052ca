import { estimatedLength } from './estimate-length.ts';
import { type CheckedResource, perResource, type Quota, summed } from './quota.ts';

const SQS =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html';
const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';

interface Statement {
  readonly Action?: string | readonly string[];
}

const statementsOf = ({ properties }: CheckedResource): readonly Statement[] =>
  [properties.PolicyDocument.Statement].flat();

const functionOf = ({ stack, properties }: CheckedResource) =>
  `${stack} ${JSON.stringify(properties.FunctionName)}`;

/** Quotas of resource policies. */
export const POLICY_QUOTAS: readonly Quota[] = [
  {
    name: 'bytes of the policy of a queue',
    atMost: 8_192,
    page: SQS,
    measure: perResource('AWS::SQS::QueuePolicy', ({ properties }) =>
      estimatedLength(properties.PolicyDocument),
    ),
  },
  {
    name: 'statements in the policy of a queue',
    atMost: 20,
    page: SQS,
    measure: perResource('AWS::SQS::QueuePolicy', (policy) => statementsOf(policy).length),
  },
  {
    name: 'actions in a statement of the policy of a queue',
    atMost: 7,
    page: SQS,
    measure: perResource('AWS::SQS::QueuePolicy', (policy) =>
      Math.max(...statementsOf(policy).map(({ Action = [] }) => [Action].flat().length)),
    ),
  },
  {
    name: 'bytes of the policy of a bucket',
    atMost: 20_480,
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
    measure: perResource('AWS::S3::BucketPolicy', ({ properties }) =>
      estimatedLength(properties.PolicyDocument),
    ),
  },
  {
    name: 'bytes of the policy of a function',
    atMost: 20_480,
    page: LAMBDA,
    measure: ({ resources }) =>
      summed(
        resources.filter(({ type }) => type === 'AWS::Lambda::Permission'),
        functionOf,
        // The statement that Lambda makes has some words more than the permission.
        ({ properties }) => estimatedLength(properties) + 200,
      ),
  },
];
