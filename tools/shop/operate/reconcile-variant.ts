import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { stackName } from '@triptych/context-map';
import { dynamoPayments, stripeProvider } from '@triptych/payments/adapters';
import { type Difference, reconcile } from '@triptych/payments/core';
import { Secret, systemClock } from '@triptych/platform/config';
import { dynamoOutbox } from '@triptych/platform/outbox';
import { outputsIfDeployed, stackOutputs } from '../admin/stack-outputs.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than in the shop, because nobody waits for an order here. */
const PROVIDER_TIMEOUT_MS = 60_000;
/** A variant without a provider stack charges at Stripe. */
const STRIPE_URL = 'https://api.stripe.com';

/**
 * Compares a variant's ledger with its provider's statement. Runs payments' use case with the operator's credentials for
 * the payments table and the provider key. Read-only.
 * @param options.endpointUrl the local cloud (default: the AWS account of the operator's credentials)
 * @param options.providerUrl the provider's address from here (default: the deployed one)
 * @throws UserError when the variant is not deployed there
 * @throws AppError when the provider does not answer
 */
export async function reconcileVariant(options: {
  variant: Variant;
  stage?: string;
  days: number;
  endpointUrl?: string;
  providerUrl?: string;
}): Promise<readonly Difference[]> {
  const { variant, stage, days, endpointUrl, providerUrl } = options;
  const aws = endpointUrl ? localAws(endpointUrl) : {};
  const stack = stackName(variant, 'state', stage);
  const { PaymentsTableName: table, ProviderKeyArn } = await stackOutputs(stack, endpointUrl);
  if (!table || !ProviderKeyArn)
    throw new UserError(`Stack ${stack} lacks outputs: deploy it again.`);
  const client = new DynamoDBClient(aws);
  const secrets = new SecretsManagerClient(aws);
  try {
    const command = new GetSecretValueCommand({ SecretId: ProviderKeyArn });
    const { SecretString: key = '' } = await secrets.send(command);
    const provided = await outputsIfDeployed(stackName(variant, 'provider', stage), endpointUrl);
    const url = providerUrl ?? provided?.ProviderUrl ?? STRIPE_URL;
    const stores = dynamoPayments({
      client,
      table,
      outbox: dynamoOutbox({ client, table }),
      relay: { committed() {} },
      clock: systemClock,
    });
    const provider = stripeProvider({ url, key: new Secret(key), timeoutMs: PROVIDER_TIMEOUT_MS });
    const sinceMs = systemClock.now() - days * DAY_MS;
    return await reconcile({ ...stores, provider, clock: systemClock }, sinceMs);
  } finally {
    client.destroy();
    secrets.destroy();
  }
}
