import type { CallInput, ResourceNames } from '../types.ts';
import { onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * CloudFormation.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 */
export const CLOUDFORMATION_ACTIONS: ServiceActions = {
  DescribeStacks: (input, names) => {
    const ofOne = text(input.StackName) !== '';
    return [
      { action: 'cloudformation:DescribeStacks', resource: ofOne ? stack(input, names) : '*' },
    ];
  },
  ListStacks: onEverything('cloudformation:ListStacks'),
  DescribeStackEvents: one('cloudformation:DescribeStackEvents', stack),
  DescribeStackResource: one('cloudformation:DescribeStackResource', stack),
  DescribeStackResources: one('cloudformation:DescribeStackResources', stack),
  ListStackResources: one('cloudformation:ListStackResources', stack),
  ListExports: onEverything('cloudformation:ListExports'),
};

/** The ARN of a stack. AWS's messages show a stack that does not exist as `stack/NAME/*`. */
function stack({ StackName }: CallInput, names: ResourceNames): string {
  const name = text(StackName);
  const { region, accountId } = names;
  return names.stackArn(name) ?? `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/*`;
}
