import { DeleteParameterCommand } from '@aws-sdk/client-ssm';
import { UserError } from '@triptych/base/user-error';
import { BOOTSTRAP_PARAMETER, BOOTSTRAP_STACK } from '@triptych/build/run-cdk';
import { bootstrap, type CdkLocal } from './cdklocal.ts';
import type { Dependencies } from './choose-stacks.ts';
import { type LocalStackAccess, removeHalfFinished } from './remove-leftovers.ts';
import { listStacks } from './stack-states.ts';

/**
 * Runs `cdk bootstrap` unless its stack exists. If that fails, removes what it left and runs it once more: a busy LocalStack
 * can create the version parameter twice, and a parameter without a stack makes every later run fail.
 * @param order all stacks of the assembly, each after its dependencies
 * @throws UserError with CDK's message if the second run fails
 */
export async function bootstrapOnce(
  cdk: CdkLocal,
  access: LocalStackAccess,
  order: readonly Dependencies[],
): Promise<void> {
  const { cloudFormation, clients, progress } = access;
  if ((await listStacks(cloudFormation, BOOTSTRAP_STACK)).length > 0) return;
  await bootstrap(cdk).catch(async (error) => {
    if (!(error instanceof UserError)) throw error;
    progress.note('repairing', `${error.message} Bootstrapping once more`);
    await removeHalfFinished(access, order);
    await removeParameter(clients, BOOTSTRAP_PARAMETER);
    await bootstrap(cdk);
  });
  progress.done('bootstrapped', 'the bucket and roles that CDK uses to deploy');
}

async function removeParameter({ ssm }: LocalStackAccess['clients'], Name: string): Promise<void> {
  try {
    await ssm.send(new DeleteParameterCommand({ Name }));
  } catch (error) {
    if ((error as Error).name !== 'ParameterNotFound') throw error;
  }
}
