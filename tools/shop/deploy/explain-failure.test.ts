import { finishedStack, lastReason } from '@triptych/build/run-cdk';
import { expect, it, test } from 'vitest';
import { FAILURE_SIGNS } from './cdk.ts';
import { failureOf, resourceEvent } from './cdk-output.ts';
import { explainFailures, KNOWN_CAUSES, knownCause, rootCauses } from './explain-failure.ts';

const failure = (reason: string, resource = 'Queue') => ({
  stack: 'triptych-serverless-state',
  type: 'AWS::SQS::Queue',
  resource,
  reason,
});

/** Messages as AWS writes them, each with a word of its advice. */
test.each([
  ['The security token included in the request is expired (ExpiredToken)', 'log in again'],
  [
    'Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS Support',
    'AWS Support',
  ],
  [
    'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    'the role exists now',
  ],
  [
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
    'Concurrent executions',
  ],
  [
    'Template format error: Unrecognized resource types: [AWS::Budgets::Budget]',
    'TRIPTYCH_MONTHLY_BUDGET=0',
  ],
  ['Template format error: Unrecognized resource types: [AWS::X::Y]', 'another region'],
  ['The maximum number of VPCs has been reached. (VpcLimitExceeded)', 'raise the quota'],
  ['Rate exceeded (Service: AmazonCloudFront; Status Code: 400)', 'continues where it stopped'],
  [
    'Export triptych-serverless-front:ExportsOutputRefApi cannot be deleted as it is in use by triptych-serverless-auth',
    'deploy the whole variant',
  ],
  ['triptych-serverless-trial already exists in stack arn:aws:…', 'another --stage'],
  [
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: sqs:CreateQueue on resource: y',
    'add the action',
  ],
  ['Error occurred during operation ECS Deployment Circuit Breaker was triggered', 'log group'],
  ['The bucket you tried to delete is not empty', 'npm run destroy` again'],
  [
    'Resource cannot be deleted because deletion protection is enabled',
    'switch the protection off',
  ],
  ['resource sg-1 has a dependent object (DependencyViolation)', 'in a few minutes'],
  ['The certificate with ARN x could not be found', 'check that it is issued'],
])('%s', (reason, advice) => {
  expect(knownCause(reason)?.advice).toContain(advice);
  expect(explainFailures([failure(reason)]).join('\n')).toContain(reason);
});

it('has a cause and an advice for each pattern', () => {
  for (const { cause, advice } of KNOWN_CAUSES) expect(cause && advice).toBeTruthy();
});

it('leaves out failures that only follow from another one', () => {
  const cause = failure('Rate exceeded');
  const cancelled = failure('Resource creation cancelled', 'Other');
  expect(rootCauses([cancelled, cause])).toEqual([cause]);
  expect(rootCauses([cancelled])).toEqual([cancelled]);
});

it('says so when the cause is not known', () => {
  expect(explainFailures([failure('Something new')])).toEqual([
    'triptych-serverless-state: AWS::SQS::Queue Queue failed',
    '  why:  Something new',
    '  what: not a known cause: the message above is from AWS',
  ]);
});

it('reads events, results and reasons in the output of the CDK', () => {
  const line =
    'triptych-serverless-state |  3/12 | 10:12:03 AM | CREATE_FAILED        | AWS::SQS::Queue | AuthQueue (AuthQueue0A1B2C3D) Invalid | value';
  const event = resourceEvent(line);
  expect(event).toEqual({
    stack: 'triptych-serverless-state',
    status: 'CREATE_FAILED',
    type: 'AWS::SQS::Queue',
    resource: 'AuthQueue (AuthQueue0A1B2C3D)',
    reason: 'Invalid | value',
  });
  expect(event && failureOf(event)?.reason).toBe('Invalid | value');
  expect(resourceEvent('triptych-x: deploying... [1/7]')).toBeUndefined();
  expect(finishedStack(' ✅  triptych-x-state (no changes)')).toEqual({
    stack: 'triptych-x-state',
    changed: false,
  });
  expect(finishedStack(' ✅  triptych-trial-x-state')).toMatchObject({ changed: true });
  const reasonOf = (lines: string[]) => lastReason(lines, FAILURE_SIGNS);
  expect(reasonOf(['a', 'Need to perform AWS calls, but access is denied', 'b'])).toContain(
    'denied',
  );
  expect(reasonOf([])).toBe('it printed nothing');
});
