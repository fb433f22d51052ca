import { UserError } from '@triptych/base/user-error';
import type { NamedTemplate } from './filter/filter-templates.ts';

/** A stack and the stacks that it depends on. */
export interface Dependencies {
  readonly name: string;
  readonly dependencies: readonly string[];
}

/**
 * Returns the names of all stacks, or of one service's stacks and their dependencies.
 * @throws UserError if LocalStack can run no part of the service
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
      `No part of ${service} can run in LocalStack's free edition: omit --service.`,
    );
  }
  for (const name of wanted) {
    for (const needed of dependencies.find((one) => one.name === name)?.dependencies ?? []) {
      wanted.add(needed);
    }
  }
  return [...wanted];
}
