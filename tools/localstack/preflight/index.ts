import { UserError } from '@triptych/base/user-error';
import { type AskDocker, askDocker } from './ask-docker.ts';
import { askLocalStack, type LocalStack } from './ask-localstack.ts';
import { lookAtContainer } from './check-container.ts';
import { checksSignatures } from './probe-signatures.ts';
import { isHere, whyNoAnswer } from './explain-no-answer.ts';

export type { LocalStack } from './ask-localstack.ts';

/**
 * Whether a LocalStack is at the address that can take the shop.
 * @returns what it is, and a line for each way in which it is laxer than AWS
 * @throws UserError with one line that says what is wrong and what to do
 */
export async function preflight(
  endpoint: string,
  ask: AskDocker = askDocker,
): Promise<{ localStack: LocalStack; warnings: string[] }> {
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UserError(`--endpoint takes an address as http://localhost:4566, not "${endpoint}".`);
  }
  const localStack = await askLocalStack(endpoint);
  if (!localStack) throw new UserError(await whyNoAnswer(endpoint, ask));
  const warnings = isHere(endpoint) ? await lookAtContainer(new URL(endpoint).port, ask) : [];
  if ((await checksSignatures(endpoint)) === false) {
    warnings.push('without S3_SKIP_SIGNATURE_VALIDATION=0 forged presigned URLs pass');
  }
  return { localStack, warnings };
}
