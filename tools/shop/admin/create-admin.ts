import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { argon2Hasher, dynamoAccounts } from '@triptych/auth/adapters';
import { createAdmin } from '@triptych/auth/core';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { stackName } from '@triptych/context-map';
import { randomIds, systemClock } from '@triptych/platform/config';
import { stackOutputs } from './stack-outputs.ts';

/**
 * Makes an account an admin of a deployed variant. There is no HTTP route for this: it runs auth's use case with the
 * operator's credentials for the auth table.
 * @param options.endpointUrl the local cloud (default: the AWS account of the operator's credentials)
 * @returns the account's id, and whether it is new
 * @throws UserError when the variant is not deployed there
 * @throws AppError when the email or the password is invalid
 */
export async function createAdminAccount(options: {
  variant: Variant;
  stage?: string;
  email: string;
  password: string;
  endpointUrl?: string;
}): Promise<{ id: string; created: boolean }> {
  const { variant, stage, endpointUrl, email, password } = options;
  const stack = stackName(variant, 'state', stage);
  const { AuthTableName: table } = await stackOutputs(stack, endpointUrl);
  if (!table) throw new UserError(`Stack ${stack} has no output AuthTableName: deploy it again.`);
  return createAdminIn(endpointUrl ? localAws(endpointUrl) : {}, { table, email, password });
}

/**
 * Makes an account an admin in an auth table.
 * @param aws settings of the AWS client
 * @returns the account's id, and whether it is new
 * @throws AppError when the email or the password is invalid
 */
export async function createAdminIn(
  aws: DynamoDBClientConfig,
  { table, email, password }: { table: string; email: string; password: string },
): Promise<{ id: string; created: boolean }> {
  const client = new DynamoDBClient(aws);
  try {
    const deps = {
      accounts: dynamoAccounts({ client, table }),
      hasher: argon2Hasher,
      clock: systemClock,
      ids: randomIds,
    };
    return await createAdmin(deps, { email, password });
  } finally {
    client.destroy();
  }
}
