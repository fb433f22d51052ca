import { UserError } from '@triptych/base/user-error';
import {
  exportsOf,
  importsOf,
  type NewStack,
  type UpdateStep,
  updateOrder,
} from '@triptych/infra/update-order';
import type { Template } from './ports.ts';

/** A deployed stack with its template. */
export interface StackOfTemplate {
  readonly name: string;
  readonly template: Template;
}

/**
 * The order in which stacks can be deleted: a stack that imports a value before the stack that exports it. CloudFormation
 * rejects the deletion of a stack whose exports are in use.
 * @throws RangeError when stacks import from one another in a cycle, which CloudFormation cannot have deployed
 */
export function deletionOrder(stacks: readonly StackOfTemplate[]): string[] {
  const deployed = new Map(stacks.map(({ name, template }) => [name, template]));
  return updateOrder(deployed, []).map(({ stack }) => stack);
}

/** For each stack, the other stacks that import its exports. */
export function usersOf(stacks: readonly StackOfTemplate[]): Map<string, string[]> {
  const exporter = new Map(
    stacks.flatMap(({ name, template }) =>
      [...exportsOf(template).keys()].map((id) => [id, name] as const),
    ),
  );
  const users = new Map<string, string[]>(stacks.map(({ name }) => [name, []]));
  for (const { name, template } of stacks) {
    for (const id of importsOf(template)) {
      const from = exporter.get(id);
      if (from !== undefined && from !== name) users.get(from)?.push(name);
    }
  }
  return users;
}

/** The states of a stack whose creation has failed, so that it exports nothing. The CDK replaces it. */
const NEVER_COMPLETE = /^(CREATE_FAILED|REVIEW_IN_PROGRESS|ROLLBACK_\w+)$/;

/**
 * The steps that change the deployed stacks of a variant to new ones, in an order that CloudFormation accepts.
 * @throws UserError when there is no such order
 */
export function updateSteps(
  deployed: readonly (StackOfTemplate & { readonly status: string })[],
  next: readonly NewStack[],
): UpdateStep[] {
  const before = deployed.map(({ name, status, template }) => {
    return [name, NEVER_COMPLETE.test(status) ? {} : template] as const;
  });
  try {
    return updateOrder(new Map(before), next);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UserError(`${cause.message}. ${adviceFor(deployed, next)}`);
  }
}

/** What an operator can do where there is no order. */
function adviceFor(deployed: readonly StackOfTemplate[], next: readonly NewStack[]): string {
  const isWeb = (stacks: readonly { readonly template: object }[]) =>
    stacks.some(({ template }) => JSON.stringify(template).includes('"AWS::Lambda::WebFunction"'));
  const dashboard = deployed.find(({ name }) => name.endsWith('-operations'))?.name;
  if (dashboard === undefined || isWeb(deployed) === isWeb(next)) {
    return 'Change one setting at a time, or destroy the variant and deploy it again.';
  }
  return (
    'TRIPTYCH_HTTP cannot change while the dashboard refers to the services: delete its stack, which has no data ' +
    `(aws cloudformation delete-stack --stack-name ${dashboard}), and deploy again.`
  );
}

/** Steps of an update that are carried out together: one run of the CDK, or the deletion of one stack. */
export interface UpdateRun {
  readonly action: 'deploy' | 'delete';
  readonly stacks: readonly string[];
}

/**
 * Groups the steps of an update. The CDK deploys the stacks of one run in the order of their dependencies, so a stack that must
 * follow another one for a different reason begins a new run.
 * @param dependencies the stacks that the CDK deploys before a stack
 */
export function updateRuns(
  steps: readonly UpdateStep[],
  dependencies: ReadonlyMap<string, readonly string[]>,
): UpdateRun[] {
  const runs: { action: UpdateRun['action']; stacks: string[] }[] = [];
  for (const { action, stack, after } of steps) {
    const last = runs.at(-1);
    const known = dependencies.get(stack) ?? [];
    const joins =
      action === 'deploy' &&
      last?.action === 'deploy' &&
      after.every((name) => known.includes(name) || !last.stacks.includes(name));
    if (joins) last.stacks.push(stack);
    else runs.push({ action, stacks: [stack] });
  }
  return runs;
}
