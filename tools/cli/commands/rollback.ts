import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';
import { BOOTSTRAP_STACK } from '@triptych/build/run-cdk';
import { CONTEXT_NAMES } from '@triptych/context-map';
import { shortHashes } from '@triptych/shop/deploy/artifacts';
import { cloudFormationStacks } from '@triptych/shop/deploy/aws/cloudformation-stacks';
import { parameterNotes } from '@triptych/shop/deploy/aws/parameter-notes';
import { confirm, requireConsent } from '@triptych/shop/deploy/confirm';
import { renderEvent } from '@triptych/shop/deploy/destroy-variant';
import { ownedStacks, titleOf } from '@triptych/shop/deploy/owned-stacks';
import { baseUrlOf } from '@triptych/shop/deploy/read-status';
import { planRollback, type Rollback, runRollback } from '@triptych/shop/deploy/rollback-service';
import { waitUntilHealthy } from '@triptych/shop/deploy/wait-until-healthy';
import { AWS_FLAGS, AWS_USAGE, awsTarget, deploymentOf } from './aws-target.ts';

const USAGE = `npm run rollback -- <variant> --service catalog [--to <hash>] [--yes]

Deploys the previous artifact of a service, by its hash, and leaves everything else in its stack as it is. Data is not rolled
back: the earlier code must be able to read what the later code wrote.

  --service catalog  ${CONTEXT_NAMES.join(', ')} or provider
  --to 1a2b3c4d      the artifact with this hash (default: the one before the current one)
  --stacks-only      do not wait until the services answer
  --yes              do not ask; required without a terminal
${AWS_USAGE}`;

/**
 * `npm run rollback -- <variant> --service catalog`: returns a service to an earlier artifact.
 * @throws UserError when there is none, the answer is not yes, or the update fails
 */
export async function rollback(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(
    args,
    {
      ...AWS_FLAGS,
      service: { type: 'string' },
      to: { type: 'string' },
      'stacks-only': { type: 'boolean', default: false },
    },
    USAGE,
  );
  const variant = parseVariant(positionals[0]);
  const { service, to } = values;
  if (!service) throw new UserError(`Say which service: --service ${CONTEXT_NAMES.join(', ')}.`);
  const yes = values.yes === true;
  requireConsent(yes);
  const target = await awsTarget(values);
  const owner = deploymentOf(variant, target);
  const stacks = cloudFormationStacks(target.region);
  const notes = parameterNotes(target.region);
  try {
    const plan = await planRollback({ stacks, notes }, owner, service, to);
    for (const line of renderRollback(plan)) console.log(line);
    await confirm(`Roll back ${service} of ${titleOf(owner)} in ${target.region}?`, yes);
    const bootstrap = await stacks.find(BOOTSTRAP_STACK);
    await runRollback(plan, {
      stacks,
      notes,
      now: () => new Date(),
      bootstrapBucket: bootstrap?.outputs.BucketName ?? '',
      onEvent: (event) => console.log(renderEvent(plan.stack.name, event)),
    });
    const baseUrl = baseUrlOf(await ownedStacks(stacks, owner));
    if (baseUrl && !values['stacks-only']) await waitUntilHealthy(baseUrl);
    console.log(`${plan.stack.name} runs ${shortHashes(plan.to.artifacts)} again.`);
  } finally {
    for (const one of [stacks, notes]) one.close();
  }
}

function renderRollback({ stack, from, to }: Rollback): string[] {
  const line = (title: string, { at, version, artifacts }: Rollback['from']) =>
    `  ${title.padEnd(5)} ${shortHashes(artifacts)}${version ? `, version ${version}` : ''}${at ? `, since ${at}` : ''}`;
  return [stack.name, line('from', from), line('to', to)];
}
