import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';

/**
 * The outputs of a deployed stack by name.
 * @param endpointUrl the local cloud (default: the AWS account of the operator's credentials)
 * @throws UserError when the stack does not exist or cannot be read
 */
export async function stackOutputs(
  stack: string,
  endpointUrl?: string,
): Promise<Record<string, string>> {
  const client = new CloudFormationClient(endpointUrl ? localAws(endpointUrl) : {});
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
    );
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError(`Cannot read stack ${stack}: ${reason}`, { cause: error });
  } finally {
    client.destroy();
  }
}

/**
 * Like {@link stackOutputs}, but undefined when the stack does not exist: a variant that charges at Stripe has no
 * provider stack.
 * @throws UserError when the stack cannot be read
 */
export async function outputsIfDeployed(
  stack: string,
  endpointUrl?: string,
): Promise<Record<string, string> | undefined> {
  try {
    return await stackOutputs(stack, endpointUrl);
  } catch (error) {
    if (error instanceof UserError && error.message.includes('does not exist')) return undefined;
    throw error;
  }
}
