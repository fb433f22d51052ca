import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import { askDocker } from '@triptych/shop/deploy/ask-docker';
import { awsAccountFacts } from '@triptych/shop/deploy/aws/account-facts';
import { cloudFormationStacks } from '@triptych/shop/deploy/aws/cloudformation-stacks';
import { parameterNotes } from '@triptych/shop/deploy/aws/parameter-notes';
import { confirm, requireConsent } from '@triptych/shop/deploy/confirm';
import type { AccountFacts, Stacks } from '@triptych/shop/deploy/ports';
import {
  type Check,
  checkAccount,
  checkDocker,
  checkQuotas,
  checkReach,
  renderChecks,
  stops,
} from '@triptych/shop/deploy/preflight';
import colors from 'picocolors';
import { type AwsTarget, deploymentOf } from '../aws-target.ts';
import { chooseAdmin } from './fill-shop.ts';
import { type DeploymentPlan, planDeployment, renderPlan } from './plan-deployment.ts';
import { type Assembly, prepareAssembly } from './prepare-assembly.ts';
import { BOOTSTRAP_VERSION, requirementsOf } from './requirements.ts';
import { runDeployment } from './run-deployment.ts';

export interface DeployOptions {
  readonly variants: readonly Variant[];
  readonly service?: string | undefined;
  readonly target: AwsTarget;
  readonly yes: boolean;
  /** Only show what would change: `plan` in summary, `diff` with each changed resource. */
  readonly show?: 'plan' | 'diff' | undefined;
  readonly seed: boolean;
  readonly stacksOnly: boolean;
}

/**
 * `npm run deploy -- <variant>`: preflight, plan, one question, deployment, first admin, seed, smoke checks, addresses.
 * @throws UserError when a check fails, the answer is not yes, or the deployment fails
 */
export async function deployToAws(options: DeployOptions): Promise<void> {
  const { target, yes, show, variants } = options;
  const { region } = target;
  if (!show) requireConsent(yes);
  const facts = awsAccountFacts(region);
  const stacks = cloudFormationStacks(region);
  const notes = parameterNotes(region);
  try {
    const account = await preflight(facts);
    console.log('Building, packaging and writing the templates …');
    const assembly = await prepareAssembly(variants, { account, region });
    const plans = await makePlans(stacks, assembly, options);
    const images = plans.flatMap((plan) => plan.stacks);
    await preflightOfStacks(facts, images, options);
    for (const plan of plans) {
      for (const line of renderPlan(plan, region, show === 'diff')) console.log(line);
    }
    if (show) return;
    await confirm(`Deploy this to ${region} in account ${account}?`, yes);
    const admin = chooseAdmin(process.env, process.stdout.isTTY === true);
    for (const plan of plans) {
      const run = { stacks, notes, assembly: assembly.folder, region, admin };
      await runDeployment(plan, { ...run, seed: options.seed, stacksOnly: options.stacksOnly });
    }
  } finally {
    for (const one of [facts, stacks, notes]) one.close();
  }
}

/** Prints the checks of the account. @returns its id @throws UserError when one fails */
async function preflight(facts: AccountFacts): Promise<string> {
  console.log(colors.bold('Preflight'));
  const pinned = { account: process.env.TRIPTYCH_ACCOUNT?.trim() || undefined };
  const { checks, account } = await checkAccount(facts, pinned, BOOTSTRAP_VERSION);
  conclude(checks, false);
  return account ?? '';
}

/** Prints the checks of what the stacks need: quotas, and Docker for images. */
async function preflightOfStacks(
  facts: AccountFacts,
  stacks: DeploymentPlan['stacks'],
  { show, variants, stacksOnly }: DeployOptions,
): Promise<void> {
  const requirements = requirementsOf(stacks);
  const docker = requirements.images === 0 ? [] : checkDocker(requirements, await askDocker());
  const reach = checkReach(variants.includes('microservices') && !stacksOnly, {
    domain: process.env.TRIPTYCH_DOMAIN,
    certificateArn: process.env.TRIPTYCH_CERTIFICATE_ARN,
    allowCidr: process.env.TRIPTYCH_ALLOW_CIDR,
    internalUrl: process.env.TRIPTYCH_INTERNAL_URL_MICROSERVICES,
  });
  const quotas = await checkQuotas(facts, requirements);
  conclude([...quotas, ...docker, ...reach], show !== undefined);
}

function conclude(checks: readonly Check[], onlyShow: boolean): void {
  for (const line of renderChecks(checks)) console.log(line);
  if (stops(checks) && !onlyShow) {
    throw new UserError('The preflight failed: mend what is marked ✗ above. Nothing was changed.');
  }
}

function makePlans(
  stacks: Stacks,
  assembly: Assembly,
  { variants, target, service }: DeployOptions,
): Promise<DeploymentPlan[]> {
  return Promise.all(
    variants.map((variant) =>
      planDeployment(stacks, assembly.stacks, deploymentOf(variant, target), service),
    ),
  );
}
