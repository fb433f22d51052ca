import { exportsOf, importsOf } from '@triptych/infra/update-order';
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
  const users = usersOf(stacks);
  const ordered: string[] = [];
  let left = stacks.map(({ name }) => name);
  while (left.length > 0) {
    const free = left.filter((name) => !users.get(name)?.some((user) => left.includes(user)));
    if (free.length === 0) throw new RangeError(`Stacks import in a cycle: ${left.join(', ')}`);
    ordered.push(...free);
    left = left.filter((name) => !free.includes(name));
  }
  return ordered;
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
