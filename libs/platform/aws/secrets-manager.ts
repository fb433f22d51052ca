import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const secretsManager = oncePerProcess(() => new SecretsManagerClient(clientBounds()));

/** Longest wait for one secret at boot, retries included. */
const READ_TIMEOUT_MS = 8_000;

/** @throws Error when the entry does not exist, holds no text, or does not arrive in time */
export async function readSecretString(arn: string): Promise<string> {
  const answer = await secretsManager().send(new GetSecretValueCommand({ SecretId: arn }), {
    abortSignal: AbortSignal.timeout(READ_TIMEOUT_MS),
  });
  if (answer.SecretString === undefined) throw new Error('the secret is binary');
  return answer.SecretString;
}
