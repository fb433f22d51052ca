import { parseFlags } from '@triptych/base/flags';
import { UserError } from '@triptych/base/user-error';
import { parseVariants, variants } from '@triptych/base/variants';
import { awsAccountFacts } from '@triptych/shop/deploy/aws/account-facts';
import { cloudFormationStacks } from '@triptych/shop/deploy/aws/cloudformation-stacks';
import { parameterNotes } from '@triptych/shop/deploy/aws/parameter-notes';
import { confirm, requireConsent } from '@triptych/shop/deploy/confirm';
import {
  type Destruction,
  type DoomedStack,
  deleteStacks,
  findDoomed,
  listLeftovers,
  protectedTables,
} from '@triptych/shop/deploy/destroy-variant';
import { explainFailures } from '@triptych/shop/deploy/explain-failure';
import { titleOf } from '@triptych/shop/deploy/owned-stacks';
import type { Deployment } from '@triptych/shop/deploy/ports';
import { countTypes } from '@triptych/shop/deploy/template-changes';
import colors from 'picocolors';
import { AWS_FLAGS, AWS_USAGE, awsTarget, deploymentOf } from './aws-target.ts';

const USAGE = `npm run destroy -- <variant[,variant]|all> [--yes]

Shows the stacks of a variant and asks once. Then empties their buckets, deletes them in order, and lists by tag what is left.
Exits with code 1 if anything is. A second run finishes what the first could not. Deletes only what carries the variant's tags.

  --yes              do not ask; required without a terminal
${AWS_USAGE}`;

/**
 * `npm run destroy -- <variant>`: deletes a deployment with its data.
 * @throws UserError when the answer is not yes, or anything is left
 */
export async function destroy(args: string[]): Promise<void> {
  const { values, positionals } = parseFlags(args, AWS_FLAGS, USAGE);
  const wanted = positionals[0] === 'all' ? variants : parseVariants(positionals[0] ?? '');
  const yes = values.yes === true;
  requireConsent(yes);
  const target = await awsTarget(values);
  const facts = awsAccountFacts(target.region);
  const stacks = cloudFormationStacks(target.region);
  const notes = parameterNotes(target.region);
  const context = { stacks, notes, print: (line: string) => console.log(line) };
  try {
    const { account } = await facts.identity();
    const doomed = new Map<Deployment, DoomedStack[]>();
    for (const variant of wanted) {
      const owner = deploymentOf(variant, target);
      const found = await findDoomed(stacks, owner);
      doomed.set(owner, found);
      for (const line of renderDoomed(owner, found)) console.log(line);
    }
    requireUnprotected([...doomed.values()].flat());
    const count = [...doomed.values()].flat().length;
    if (count > 0) {
      const question = `Delete these ${count} stacks with all their data from ${target.region} in account ${account}?`;
      await confirm(question, yes);
    }
    let clean = true;
    for (const [owner, found] of doomed) clean = (await destroyOne(owner, found, context)) && clean;
    if (!clean) throw new UserError('Something is left: see above. Run the same command again.');
  } finally {
    for (const one of [facts, stacks, notes]) one.close();
  }
}

/** @throws UserError that names the tables with deletion protection */
function requireUnprotected(doomed: readonly DoomedStack[]): void {
  const tables = protectedTables(doomed);
  if (tables.length === 0) return;
  throw new UserError(
    `Nothing is deleted: ${tables.join(', ')} cannot be deleted. Deploy with TRIPTYCH_DELETION_PROTECTION=off first.`,
  );
}

/** Lines that say what a destruction deletes. */
function renderDoomed(owner: Deployment, doomed: readonly DoomedStack[]): string[] {
  if (doomed.length === 0) return [`${titleOf(owner)} has no stacks.`];
  const lines = doomed.map(({ name, status, resources }) => {
    const types = resources.map(({ type }) => type);
    return `  ${name.padEnd(36)} ${countTypes(types)}${status.endsWith('COMPLETE') ? '' : ` (${status})`}`;
  });
  return [colors.bold(`What is deleted of ${titleOf(owner)}`), ...lines];
}

/** @returns whether nothing is left */
async function destroyOne(
  owner: Deployment,
  doomed: readonly DoomedStack[],
  context: Destruction,
): Promise<boolean> {
  const failures = await deleteStacks(doomed, context);
  for (const line of explainFailures(failures)) console.log(colors.red(line));
  console.log(`Looking for what is left of ${titleOf(owner)}, by its tags …`);
  const { left, stale } = await listLeftovers(owner, context);
  if (stale.length > 0) {
    console.log(`  The tags still list ${stale.length} resources that CloudFormation has deleted.`);
  }
  for (const arn of left) console.log(colors.red(`  left: ${arn}`));
  if (left.length === 0 && failures.length === 0) {
    console.log(
      `Nothing is left of ${titleOf(owner)}. The CDK's bootstrap stack and the artifacts in its bucket stay.`,
    );
    return true;
  }
  return false;
}
