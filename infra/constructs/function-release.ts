import type { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { Alias, type IFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { FunctionRelease } from '../operator-settings.ts';
import type { Settings } from '../settings.ts';
import { acknowledge } from './acknowledge.ts';
import { alarmOnFailedInvocations } from './alarms.ts';

/** The alias that callers use. CodeDeploy moves it from one version to the next. */
const ALIAS = 'live';

/** How CodeDeploy shifts traffic to a new version. */
const SHIFTS: Readonly<Record<Exclude<FunctionRelease, 'at-once'>, ILambdaDeploymentConfig>> = {
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  linear: LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
};

interface ReleaseOptions {
  readonly settings: Settings;
  readonly part: 'http' | 'worker';
  /** Alarms besides the function's own failures that roll a release back: 5xx where requests enter. */
  readonly guards?: readonly Alarm[];
}

/**
 * Returns what callers of a function invoke: the function itself, or the alias `live` if the settings ask for gradual
 * releases or provisioned concurrency. Only the part that answers requests gets provisioned concurrency.
 */
export function released(
  lambda: LambdaFunction,
  { settings, part, guards = [] }: ReleaseOptions,
): IFunction {
  const { functionRelease, provisionedConcurrency } = settings;
  const provisioned = part === 'http' ? provisionedConcurrency : 0;
  if (functionRelease === 'at-once' && provisioned === 0) return lambda;
  const { stack, node } = lambda;
  const alias = new Alias(stack, `${node.id}Live`, {
    aliasName: ALIAS,
    version: lambda.currentVersion,
    ...(provisioned > 0 ? { provisionedConcurrentExecutions: provisioned } : {}),
  });
  if (functionRelease !== 'at-once') {
    const group = new LambdaDeploymentGroup(stack, `${node.id}Release`, {
      application: applicationOf(stack),
      alias,
      deploymentConfig: SHIFTS[functionRelease],
      alarms: [alarmOnFailedInvocations(alias), ...guards],
    });
    acknowledge(group, {
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]':
        'The policy that AWS maintains for CodeDeploy: it may only shift aliases and read alarms.',
    });
  }
  return alias;
}

/**
 * Returns the alias `live` of a durable function. Its executions start on the alias's version and stay on it, so a new
 * version does not change the code of a running execution.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-best-practices.html
 */
export function pinned(durable: LambdaFunction): Alias {
  const version = durable.currentVersion;
  return new Alias(durable.stack, `${durable.node.id}Live`, { aliasName: ALIAS, version });
}

/** The alias whose sandboxes are provisioned, if the settings ask for them and the function answers requests. */
export function provisionedAlias(
  lambda: LambdaFunction,
  { provisionedConcurrency }: Settings,
): Alias | undefined {
  const alias = lambda.stack.node.tryFindChild(`${lambda.node.id}Live`);
  return provisionedConcurrency > 0 && lambda.node.id === 'Http' && alias instanceof Alias
    ? alias
    : undefined;
}

/** The functions of a stack share one application. */
function applicationOf(stack: Stack): LambdaApplication {
  const found = stack.node.tryFindChild('Releases');
  return found instanceof LambdaApplication ? found : new LambdaApplication(stack, 'Releases');
}
