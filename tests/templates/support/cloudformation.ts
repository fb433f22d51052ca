import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { awsCall } from './aws-call.ts';
import type { Emulator } from './start-emulator.ts';

/** A client that reports the first answer, even if it is an error of the server. */
export function cloudFormation({ url, region }: Emulator): CloudFormationClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new CloudFormationClient({ endpoint: url, region, credentials, maxAttempts: 1 });
}

/** The stacks that CloudFormation lists and that are not deleted. */
export async function listedStacks(emulator: Emulator): Promise<string[]> {
  const { Stacks = [] } = await cloudFormation(emulator).send(new DescribeStacksCommand({}));
  return Stacks.flatMap(({ StackName = '', StackStatus }) =>
    StackStatus === 'DELETE_COMPLETE' ? [] : [StackName],
  );
}

/**
 * The ARNs of all resources that have a tag with this key, as the tagging service lists them. ministack still lists the DynamoDB
 * tables of deleted stacks, so tables that DynamoDB does not list are left out.
 */
export async function taggedResources(emulator: Emulator, key: string): Promise<string[]> {
  type Tables = { readonly TableNames: readonly string[] };
  const { TableNames } = await awsCall<Tables>(emulator, 'dynamodb', 'ListTables', {});
  const found: string[] = [];
  let PaginationToken = '';
  do {
    const page = await awsCall<{
      readonly ResourceTagMappingList: readonly { readonly ResourceARN: string }[];
      readonly PaginationToken?: string;
    }>(emulator, 'tagging', 'GetResources', {
      TagFilters: [{ Key: key }],
      ...(PaginationToken ? { PaginationToken } : {}),
    });
    found.push(...page.ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN));
    PaginationToken = page.PaginationToken ?? '';
  } while (PaginationToken);
  const isTable = (arn: string) => arn.includes(':dynamodb:');
  const exists = (arn: string) => TableNames.some((name) => arn.endsWith(`:table/${name}`));
  return found.filter((arn) => !isTable(arn) || exists(arn)).toSorted();
}
