import { repositoryRoot } from '@triptych/base/repository-root';
import { UserError } from '@triptych/base/user-error';
import { CONTEXT_NAMES, type ContextName, stackName } from '@triptych/context-map';
import { type Narrator, narrate } from '@triptych/docker/narrator';
import { recordArtifacts } from '@triptych/shop/deploy/artifact-history';
import { cdkDeploy } from '@triptych/shop/deploy/cdk';
import type { ResourceEvent } from '@triptych/shop/deploy/cdk-output';
import { deleteStacks, readDoomed } from '@triptych/shop/deploy/destroy-variant';
import { explainFailures } from '@triptych/shop/deploy/explain-failure';
import { isUnfinished, markFinished, markUnfinished } from '@triptych/shop/deploy/first-deployment';
import { ownedStacks, titleOf } from '@triptych/shop/deploy/owned-stacks';
import { planApprovals } from '@triptych/shop/deploy/plan-approval';
import type { DeployedStack, Notes, Stacks } from '@triptych/shop/deploy/ports';
import { baseUrlOf } from '@triptych/shop/deploy/read-status';
import {
  codeObjectsOf,
  hasCodeBucket,
  uploadCode,
  WEB_REVISION,
} from '@triptych/shop/deploy/upload-code';
import { waitUntilHealthy } from '@triptych/shop/deploy/wait-until-healthy';
import { createFirstAdmin, type FirstAdmin, seed, smoke } from './fill-shop.ts';
import { type DeploymentPlan, isFirst } from './plan-deployment.ts';

export interface RunOptions {
  readonly stacks: Stacks;
  readonly notes: Notes;
  readonly assembly: string;
  readonly region: string;
  /** Stop when the stacks are deployed. */
  readonly stacksOnly: boolean;
  readonly seed: boolean;
  readonly admin: FirstAdmin | undefined;
}

/** A step with its duration. */
async function timed<T>(
  tell: Narrator,
  title: string,
  work: () => Promise<T>,
  detail: (result: T) => string,
): Promise<T> {
  const since = performance.now();
  tell.now(`${title} …`);
  const result = await work();
  tell.done(title, detail(result), performance.now() - since);
  return result;
}

/**
 * Deploys the stacks of a plan, waits until the services answer, and makes a new shop usable: first admin, products, smoke
 * checks. Ends with the addresses. After a first deployment that has failed, the next one continues it.
 * @throws UserError that says what failed, why, and what to do
 */
export async function runDeployment(plan: DeploymentPlan, options: RunOptions): Promise<void> {
  const { stacks, notes } = options;
  const owned = () => ownedStacks(stacks, plan.owner);
  const isNew = isFirst(plan) || (await isUnfinished(notes, await owned()));
  try {
    await deployAndFill(plan, { ...options, isNew });
  } catch (error) {
    // Without the note, the operator creates the admin. The failure is what they must see.
    if (isNew) await markUnfinished(notes, await owned()).catch(() => undefined);
    throw error;
  }
  if (isNew && !options.stacksOnly) await markFinished(notes, await owned());
}

/** A new shop gets a first admin and products. */
type Run = RunOptions & { readonly isNew: boolean };

async function deployAndFill(plan: DeploymentPlan, options: Run): Promise<void> {
  const { stacks, notes, stacksOnly, isNew } = options;
  const { owner } = plan;
  const tell = narrate();
  await changeStacks(plan, options, tell);
  const deployed = await ownedStacks(stacks, owner);
  const released = deployed.filter(({ name }) => plan.stacks.some((one) => one.name === name));
  for (const stack of released) {
    await recordArtifacts({ stacks, notes, now: () => new Date() }, stack);
  }
  const baseUrl = baseUrlOf(deployed);
  // A new revision becomes active without having started, so even a deployment of stacks only asks its service.
  const revised = CONTEXT_NAMES.filter((service) => hasNewRevision(plan, service));
  if (baseUrl !== undefined && stacksOnly && revised.length > 0) {
    const ask = () => waitUntilHealthy(baseUrl, { services: revised });
    await timed(tell, 'new revisions answer', ask, () => revised.join(', '));
  }
  if (baseUrl === undefined || stacksOnly) return printAddresses(plan, deployed, tell);
  await timed(
    tell,
    'healthy',
    () => waitUntilHealthy(baseUrl),
    (health) => health.map(({ service, ms }) => `${service} ${ms} ms`).join(', '),
  );
  await fill(plan, deployed, { ...options, baseUrl }, tell);
  printAddresses(plan, deployed, tell);
  if (isNew && options.admin) printAdmin(options.admin, tell);
}

/** Whether the plan gives a service a new revision of its Web Function. */
function hasNewRevision({ owner, changes }: DeploymentPlan, service: ContextName): boolean {
  const name = stackName(owner.variant, service, owner.stage);
  return changes.some(
    ({ stack, added, changed }) =>
      stack === name && [...added, ...changed].some(({ type }) => type === WEB_REVISION),
  );
}

/** Carries out the plan in its order. @throws UserError that says what failed, why, and what to do */
async function changeStacks(
  plan: DeploymentPlan,
  options: RunOptions,
  tell: Narrator,
): Promise<void> {
  for (const { action, stacks } of plan.runs) {
    if (action === 'deploy') await deployWithCode(stacks, plan, options, tell);
    else for (const name of stacks) await deleteObsolete(name, options, tell);
  }
}

/** Deploys stacks. The code of Web Functions is uploaded after its bucket exists, and before the functions need it. */
async function deployWithCode(
  names: readonly string[],
  { stacks }: DeploymentPlan,
  options: RunOptions,
  tell: Narrator,
): Promise<void> {
  const own = stacks.filter(({ name }) => names.includes(name));
  const objects = own.flatMap(({ template }) => codeObjectsOf(template));
  if (objects.length === 0) return deployStacks(names, options, tell);
  const withBucket = stacks.find(({ template }) => hasCodeBucket(template))?.name ?? '';
  const before = names.slice(0, names.indexOf(withBucket) + 1);
  if (before.length > 0) await deployStacks(before, options, tell);
  await timed(
    tell,
    'code uploaded',
    () => uploadCode(options.stacks, withBucket, { objects, root: repositoryRoot }),
    (keys) => (keys.length === 0 ? 'no changes' : keys.map((key) => key.slice(0, 20)).join(', ')),
  );
  await deployStacks(names.slice(before.length), options, tell);
}

async function deleteObsolete(
  name: string,
  { stacks, notes }: RunOptions,
  tell: Narrator,
): Promise<void> {
  const doomed = await readDoomed(stacks, name);
  const print = (line: string) => tell.detail(line.trim());
  const since = performance.now();
  const failures = doomed ? await deleteStacks([doomed], { stacks, notes, print }) : [];
  if (failures.length > 0) {
    throw new UserError(['The deployment failed.', ...explainFailures(failures)].join('\n'));
  }
  tell.done('deleted', name, performance.now() - since);
}

async function deployStacks(
  names: readonly string[],
  { assembly, region }: RunOptions,
  tell: Narrator,
): Promise<void> {
  let since = performance.now();
  await cdkDeploy({ root: repositoryRoot, assembly, region }, names, {
    onEvent: (event) => reportEvent(event, tell),
    onStack: (stack, changed) => {
      tell.done('deployed', `${stack}${changed ? '' : ' (no changes)'}`, performance.now() - since);
      since = performance.now();
    },
    onLine: (line) => tell.now(line),
  });
}

/** One line for each event that ends something; what is in progress is the status line. */
function reportEvent(
  { stack, status, type, resource, reason }: ResourceEvent,
  tell: Narrator,
): void {
  const line = `${stack}  ${status.padEnd(16)} ${type}  ${resource}${reason ? `  ${reason}` : ''}`;
  if (status.endsWith('_IN_PROGRESS')) tell.now(line);
  else tell.detail(line);
}

async function fill(
  plan: DeploymentPlan,
  deployed: readonly DeployedStack[],
  { baseUrl, admin, seed: wanted, isNew }: Run & { readonly baseUrl: string },
  tell: Narrator,
): Promise<void> {
  if (isNew && admin) {
    const { email } = admin;
    const create = () => createFirstAdmin(plan.owner, deployed, admin);
    await timed(tell, 'first admin', create, () => email);
    if (wanted) await timed(tell, 'seeded', () => seed(baseUrl, admin), String);
  } else if (isNew) {
    tell.note(
      'no admin',
      'TRIPTYCH_ADMIN_PASSWORD is not set, so there is no admin and no product',
    );
  }
  // The password of an existing admin is known only if the operator passes it.
  const known = isNew || admin?.generated === false ? admin : undefined;
  const passed = await timed(
    tell,
    'smoke checks',
    () => smoke(baseUrl, known),
    (ok) => (ok ? 'passed' : 'failed'),
  );
  if (!passed) {
    throw new UserError(
      `The smoke checks failed at ${baseUrl}: see above. The stacks are deployed; \`npm run rollback\` returns a service to its previous artifact.`,
    );
  }
}

function printAddresses(
  { owner }: DeploymentPlan,
  deployed: readonly DeployedStack[],
  tell: Narrator,
): void {
  const baseUrl = baseUrlOf(deployed);
  if (baseUrl === undefined) {
    tell.line(`${titleOf(owner)} is deployed; it has no address yet.`);
    return;
  }
  tell.line(`\n${titleOf(owner)} is deployed:`);
  tell.line(`  shop      ${baseUrl}`);
  for (const service of CONTEXT_NAMES) {
    tell.line(`  ${service.padEnd(9)} ${baseUrl}/${service}/docs`);
  }
  for (const command of planApprovals(deployed)) {
    tell.line(
      `  plan      waits for your approval, and is not billed until then:\n            ${command}`,
    );
  }
}

function printAdmin({ email, password, generated }: FirstAdmin, tell: Narrator): void {
  const secret = generated ? `password ${password} (shown only now)` : 'with your password';
  tell.line(`  admin     ${email}, ${secret}`);
}
