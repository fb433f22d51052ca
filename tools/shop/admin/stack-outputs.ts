import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';

/**
 * A deployed stack's outputs by name, from the local cloud or (without `endpointUrl`) from the account of
 * the operator's credentials.
 * @throws UserError when the stack is not there or cannot be asked for
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
 * The same, or undefined where there is no such stack: a variant that charges at Stripe has no
 * provider of its own.
 * @throws UserError when the stack cannot be asked for
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
