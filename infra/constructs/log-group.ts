import { RemovalPolicy } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge, OWN_KEY_COSTS } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';

/** Creates a log group that keeps logs for two weeks and goes with its stack. The CDK's default keeps both forever. */
export function shortLivedLogs(scope: Construct, id: string, logGroupName?: string): LogGroup {
  const logs = new LogGroup(scope, id, {
    ...(logGroupName === undefined ? {} : { logGroupName }),
    retention: RetentionDays.TWO_WEEKS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  if (!encryptUnderOwnKey(logs)) acknowledge(logs, { CKV_AWS_158: OWN_KEY_COSTS });
  return logs;
}

/**
 * Creates the log group of a Web Function, and its companion: Lambda writes events to `<group>.local` first and keeps them there
 * after it has copied them. Lambda would create both without an expiry. The role may write to both, because AWS does not say
 * with which permission the companion is written.
 * AWS Lambda Developer Guide, "Web functions: logging"
 */
export function webFunctionLogs(scope: Construct, functionName: string, role: IRole): LogGroup {
  const name = `/aws/lambda/web/${functionName}`;
  const logs = shortLivedLogs(scope, 'WebLogs', name);
  logs.grantWrite(role);
  shortLivedLogs(scope, 'WebLocalLogs', `${name}.local`).grantWrite(role);
  return logs;
}
