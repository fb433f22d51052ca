import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientBounds, oncePerProcess } from './client-bounds.ts';

export const secretsManager = oncePerProcess(() => new SecretsManagerClient(clientBounds()));

/** Time limit for one secret at boot, including retries. */
const READ_TIMEOUT_MS = 8_000;

/**
 * Reads the text of a Secrets Manager entry.
 * @param timeoutMs for the whole call, including retries
 * @throws Error when the entry does not exist, is binary, or cannot be read in time
 */
export async function readSecretString(
  arn: string,
  timeoutMs: number = READ_TIMEOUT_MS,
): Promise<string> {
  const answer = await secretsManager().send(new GetSecretValueCommand({ SecretId: arn }), {
    abortSignal: AbortSignal.timeout(timeoutMs),
  });
  if (answer.SecretString === undefined) throw new Error('the secret is binary');
  return answer.SecretString;
}
