import { Duration, type Stack } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Deployed } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';
import { alarmOnFailedExecutions } from './alarms.ts';
import type { ServiceProps } from './environment.ts';
import { pinned } from './function-release.ts';
import { serviceFunction } from './function-service.ts';
import type { Use } from './uses.ts';

/** Longer than any checkout: the deadline settles an order after 15 minutes, once the provider answers. */
const EXECUTION_TIMEOUT = Duration.days(7);
/** How long an operator can read the history of an order that has ended. */
const RETENTION = Duration.days(14);

/** Creates the checkout as a durable function. Returns what payments needs to start and resume executions. */
export function durableCoordinator(stack: Stack, props: ServiceProps<Deployed>): Use {
  const durableConfig = { executionTimeout: EXECUTION_TIMEOUT, retentionPeriod: RETENTION };
  const lambda = serviceFunction(stack, 'durable', { ...props, durableConfig });
  // The CDK grants this only to a role of its own. https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
  allowExecutions(lambda, 'Checkpoints', [
    'lambda:CheckpointDurableExecution',
    'lambda:GetDurableExecutionState',
    'lambda:SendDurableExecutionCallbackSuccess',
  ]);
  alarmOnFailedExecutions(lambda, ['DurableExecutionFailed', 'DurableExecutionTimedOut']);
  return startsAndResumes(lambda, pinned(lambda));
}

/** Allows the function's own role to act on its executions. A policy of its own, because the role's own precedes the function. */
function allowExecutions(lambda: LambdaFunction, id: string, actions: string[]): void {
  const statements = [new PolicyStatement({ actions, resources: [`${lambda.functionArn}:*`] })];
  const policy = new Policy(lambda.stack, id, { statements });
  if (lambda.role) policy.attachToRole(lambda.role);
  acknowledge(policy, { [`IAM5[Resource::<Durable.Arn>:*]`]: EVERY_EXECUTION });
}

const EVERY_EXECUTION =
  'An execution is a part of a version of the function, and its id is not known before it starts.';

/** Starts executions, and resumes those that wait for a callback. Only the worker publishes events, so only it does. */
function startsAndResumes(lambda: LambdaFunction, live: Alias): Use {
  return {
    name: 'CHECKOUT_ARN',
    // AWS rejects an invocation without a version or an alias.
    value: live.functionArn,
    grantTo(grantee: IRole, part) {
      if (part === 'http') return;
      grantee.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: [live.functionArn],
        }),
      );
      const executions = `${lambda.functionArn}:*`;
      grantee.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['lambda:SendDurableExecutionCallbackSuccess'],
          resources: [executions],
        }),
      );
      const rendered = lambda.stack.resolve(lambda.stack.exportValue(lambda.functionArn));
      acknowledge(grantee, {
        [`IAM5[Resource::${rendered['Fn::ImportValue']}:*]`]: EVERY_EXECUTION,
      });
    },
  };
}
