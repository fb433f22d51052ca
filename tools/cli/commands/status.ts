import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { parseVariants, variants } from '@triptych/base/variants';
import { cloudFormationStacks } from '@triptych/shop/deploy/aws/cloudformation-stacks';
import { cloudWatchWatch } from '@triptych/shop/deploy/aws/cloudwatch-watch';
import { titleOf } from '@triptych/shop/deploy/owned-stacks';
import type { Stacks, Watch } from '@triptych/shop/deploy/ports';
import { readStatus } from '@triptych/shop/deploy/read-status';
import { needsAttention, renderStatus } from '@triptych/shop/deploy/render-status';
import colors from 'picocolors';
import { AWS_FLAGS, AWS_USAGE, type AwsTarget, awsTarget, deploymentOf } from './aws-target.ts';
import { renderBilled, renderEstimate } from './status/render-costs.ts';

const USAGE = `npm run status -- <variant[,variant]|all> [--no-bill]

Shows the stacks of a deployment on AWS with their versions, the health of each service, alarms, queues, and the cost of today.
Exits with code 1 if a stack, a service or an alarm needs attention.

  --no-bill          do not ask Cost Explorer, which costs $0.01 a question
${AWS_USAGE}`;

const { yes: _, ...FLAGS } = {
  ...AWS_FLAGS,
  'no-bill': { type: 'boolean', default: false },
} as const;

/**
 * `npm run status -- <variant>`: the state of deployments on AWS.
 * @throws UserError when nothing is deployed, or AWS does not answer
 */
export async function status(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, FLAGS, USAGE);
  const wanted = positionals[0] === 'all' ? variants : parseVariants(positionals[0] ?? '');
  const target = await awsTarget(values);
  const stacks = cloudFormationStacks(target.region);
  const watch = cloudWatchWatch(target.region);
  try {
    const shown = [];
    for (const variant of wanted) {
      const options = { stacks, watch, target, bill: !values['no-bill'] };
      shown.push(await showOne(variant, options));
    }
    if (shown.every((one) => one === 'absent')) {
      throw new UserError(`Nothing of ${wanted.join(', ')} is deployed in ${target.region}.`);
    }
    if (shown.includes('attention')) process.exitCode = 1;
  } finally {
    for (const one of [stacks, watch]) one.close();
  }
}

async function showOne(
  variant: Variant,
  options: { stacks: Stacks; watch: Watch; target: AwsTarget; bill: boolean },
): Promise<'absent' | 'fine' | 'attention'> {
  const { stacks, watch, target, bill } = options;
  const owner = deploymentOf(variant, target);
  const now = new Date();
  const found = await readStatus({ stacks, watch, now }, owner);
  if (found.stacks.length === 0) {
    console.log(`${titleOf(owner)} is not deployed in ${target.region}.`);
    return 'absent';
  }
  console.log(colors.bold(`${titleOf(owner)} in ${target.region}`));
  for (const line of renderStatus(found)) console.log(line);
  console.log(colors.bold('Cost'));
  const { region } = target;
  for (const line of await renderEstimate(owner, found, { stacks, region, now })) console.log(line);
  if (bill) for (const line of await renderBilled(owner, watch, now)) console.log(line);
  return needsAttention(found) ? 'attention' : 'fine';
}
