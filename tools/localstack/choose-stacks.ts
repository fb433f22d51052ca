import { UserError } from '@triptych/base/user-error';
import type { NamedTemplate } from './filter/filter-templates.ts';

/** A stack and those that must be there first. */
export interface Dependencies {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Names of all stacks, or those of one service with the ones they need.
 * @throws UserError when nothing of the service goes to LocalStack
 */
export function chooseStacks(
  templates: readonly NamedTemplate[],
  dependencies: readonly Dependencies[],
  service: string | undefined,
): string[] {
  if (service === undefined) return templates.map(({ name }) => name);
  const wanted = new Set(
    templates.map(({ name }) => name).filter((name) => name.endsWith(`-${service}`)),
  );
  if (wanted.size === 0) {
    throw new UserError(
      `Nothing of ${service} can run in LocalStack's free edition: leave --service out.`,
    );
  }
  for (const name of wanted) {
    for (const needed of dependencies.find((one) => one.name === name)?.dependencies ?? []) {
      wanted.add(needed);
    }
  }
  return [...wanted];
}
