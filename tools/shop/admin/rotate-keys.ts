import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { aesGcmSeal, dynamoKeys, joseKeys } from '@triptych/auth/adapters';
import { cachedKeyRing, ROTATION_RULES, type Rotation, rotateKeysIfDue } from '@triptych/auth/core';
import { localAws } from '@triptych/base/local-aws';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { stackName } from '@triptych/context-map';
import { randomIds, systemClock } from '@triptych/platform/config';
import { stackOutputs } from './stack-outputs.ts';

export interface RotatedKeys {
  readonly rotation: Rotation;
  /** When the published key starts to sign, in ms since 1970; absent when it already signs. */
  readonly nextSignsAtMs?: number;
}

/**
 * Rotates the signing keys of a deployed variant ahead of schedule. Runs auth's use case with the operator's credentials
 * for the auth table and the key-encryption key.
 * @param options.endpointUrl the local cloud (default: the AWS account of the operator's credentials)
 * @throws UserError when the variant is not deployed there
 */
export async function rotateKeys(options: {
  variant: Variant;
  stage?: string;
  endpointUrl?: string;
}): Promise<RotatedKeys> {
  const { variant, stage, endpointUrl } = options;
  const stack = stackName(variant, 'state', stage);
  const { AuthTableName: table, KeyEncryptionKeyArn: arn } = await stackOutputs(stack, endpointUrl);
  if (!table || !arn) throw new UserError(`Stack ${stack} names no table or key: deploy it again.`);
  const aws = endpointUrl ? localAws(endpointUrl) : {};
  const client = new DynamoDBClient(aws);
  try {
    const seal = aesGcmSeal(await keyEncryptionKey(new SecretsManagerClient(aws), arn));
    const keyStore = dynamoKeys({ client, table });
    const keyMaker = joseKeys({ seal, ids: randomIds });
    const deps = { keyStore, keyMaker, clock: systemClock };
    const rotation = await rotateKeysIfDue(
      { ...deps, keyRing: cachedKeyRing(deps) },
      { early: true },
    );
    const next = (await keyStore.load())?.keys.find(({ state }) => state === 'next');
    return next
      ? { rotation, nextSignsAtMs: next.publishedAtMs + ROTATION_RULES.publishedBeforeMs }
      : { rotation };
  } finally {
    client.destroy();
  }
}

async function keyEncryptionKey(client: SecretsManagerClient, arn: string): Promise<string> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString) return SecretString;
    throw new UserError(`The secret ${arn} holds no text.`);
  } finally {
    client.destroy();
  }
}
