import type { CallInput, ResourceNames } from '../types.ts';
import { one, type ServiceActions, text } from './call-actions.ts';

/**
 * CloudWatch Logs.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
export const LOGS_ACTIONS: ServiceActions = {
  DescribeLogGroups: one('logs:DescribeLogGroups', (_, names) => logStreamArn('', '', names)),
  DescribeLogStreams: one('logs:DescribeLogStreams', group),
  GetLogEvents: one('logs:GetLogEvents', (input, names) =>
    logStreamArn(groupName(input), text(input.logStreamName), names),
  ),
  FilterLogEvents: one('logs:FilterLogEvents', group),
};

/**
 * The ARN under which AWS decides an action on a log stream, or on a whole group if the name of the
 * stream is empty. So the ARN of a group in a policy needs `:*` at its end. The form for a group is
 * not documented, but AWS's messages have it, e.g. in
 * https://github.com/elastic/apm-aws-lambda/issues/526 and
 * https://github.com/hashicorp/terraform-provider-aws/issues/8804.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function logStreamArn(
  groupName: string,
  streamName: string,
  { region, accountId }: Pick<ResourceNames, 'region' | 'accountId'>,
): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${groupName}:log-stream:${streamName}`;
}

function group(input: CallInput, names: ResourceNames): string {
  return logStreamArn(groupName(input), '', names);
}

/** Calls name a group by its name or its ARN. */
function groupName({ logGroupName, logGroupIdentifier }: CallInput): string {
  const name = text(logGroupName ?? logGroupIdentifier);
  return name.replace(/^arn:aws:logs:[^:]*:\d*:log-group:/, '').replace(/:\*$/, '');
}
