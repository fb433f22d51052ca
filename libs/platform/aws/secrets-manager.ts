import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const secretsManager = oncePerProcess(() => new SecretsManagerClient(clientBounds()));

/** Time limit for one secret at boot, including retries. */
const READ_TIMEOUT_MS = 8_000;

/**
 * Reads the text of a Secrets Manager entry.
 * @throws Error when the entry does not exist, is binary, or cannot be read in time
 */
export async function readSecretString(arn: string): Promise<string> {
  const answer = await secretsManager().send(new GetSecretValueCommand({ SecretId: arn }), {
    abortSignal: AbortSignal.timeout(READ_TIMEOUT_MS),
  });
  if (answer.SecretString === undefined) throw new Error('the secret is binary');
  return answer.SecretString;
}
