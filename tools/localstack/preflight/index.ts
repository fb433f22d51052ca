import { UserError } from '@triptych/base/user-error';
import { type AskDocker, askDocker } from './ask-docker.ts';
import { askLocalStack, type LocalStack } from './ask-localstack.ts';
import { checkContainer } from './check-container.ts';
import { explainNoAnswer, isHere } from './explain-no-answer.ts';
import { checksSignatures } from './probe-signatures.ts';

export type { LocalStack } from './ask-localstack.ts';

/**
 * Checks that a LocalStack at the URL can run the shop.
 * @returns its properties, and a warning for each setting that makes it less strict or slower than AWS
 * @throws UserError with one line that says what is wrong and what to do
 */
export async function preflight(
  endpoint: string,
  ask: AskDocker = askDocker,
): Promise<{ localStack: LocalStack; warnings: string[] }> {
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UserError(
      `--endpoint must be a URL such as http://localhost:4566, not "${endpoint}".`,
    );
  }
  const localStack = await askLocalStack(endpoint);
  if (!localStack) throw new UserError(await explainNoAnswer(endpoint, ask));
  const warnings = isHere(endpoint) ? await checkContainer(new URL(endpoint).port, ask) : [];
  if ((await checksSignatures(endpoint)) === false) {
    warnings.push('without S3_SKIP_SIGNATURE_VALIDATION=0, it accepts forged presigned URLs');
  }
  return { localStack, warnings };
}
