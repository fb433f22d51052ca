import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { dynamoPayments, stripeProvider } from '@triptych/payments/adapters';
import { type Difference, reconcile } from '@triptych/payments/core';
import { Secret, systemClock } from '@triptych/platform/config';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { outputsIfDeployed, stackOutputs } from '../admin/stack-outputs.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A variant without a provider of its own charges at Stripe. */
const stripeUrl = 'https://api.stripe.com';

/**
 * Compares a variant's ledger with its provider's statement through payments' own use case, with the
 * operator's credentials for table and key. Changes nothing.
 * @param options.endpointUrl the local cloud; without it the account of the operator's credentials
 * @param options.providerUrl where the provider is reached from here, if not at the address it is deployed under
 * @throws UserError when the variant is not deployed there; AppError when the provider is away
 */
export async function reconcileVariant(options: {
  variant: Variant;
  days: number;
  endpointUrl?: string;
  providerUrl?: string;
}): Promise<readonly Difference[]> {
  const { variant, days, endpointUrl, providerUrl } = options;
  const aws = endpointUrl ? localAws(endpointUrl) : {};
  const stack = `triptych-${variant}-state`;
  const { PaymentsTableName: table, ProviderKeyArn } = await stackOutputs(stack, endpointUrl);
  if (!table || !ProviderKeyArn) throw new UserError(`Deploy ${stack} anew: it lacks outputs.`);
  const client = new DynamoDBClient(aws);
  const secrets = new SecretsManagerClient(aws);
  try {
    const command = new GetSecretValueCommand({ SecretId: ProviderKeyArn });
    const { SecretString: key = '' } = await secrets.send(command);
    const provided = await outputsIfDeployed(`triptych-${variant}-provider`, endpointUrl);
    const url = providerUrl ?? provided?.ProviderUrl ?? stripeUrl;
    const stores = dynamoPayments({
      client,
      table,
      outbox: dynamoOutbox({ client, table }),
      relay: { committed() {} },
      clock: systemClock,
    });
    const provider = stripeProvider({ url, key: new Secret(key) });
    const sinceMs = systemClock.now() - days * DAY_MS;
    return await reconcile({ ...stores, provider, clock: systemClock }, sinceMs);
  } finally {
    client.destroy();
    secrets.destroy();
  }
}
