import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge, OWN_KEY_COSTS } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';

/** Creates a log group that keeps logs for two weeks and goes with its stack. The CDK's default keeps both forever. */
export function shortLivedLogs(scope: Construct, id: string): LogGroup {
  const logs = new LogGroup(scope, id, {
    retention: RetentionDays.TWO_WEEKS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  if (!encryptUnderOwnKey(logs)) acknowledge(logs, { CKV_AWS_158: OWN_KEY_COSTS });
  return logs;
}
