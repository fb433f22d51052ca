import type { Kernel } from '../kernel.ts';
import type { AssemblyStack } from './assembly.ts';
import { resolve } from './intrinsics.ts';
import type { DeployedStack } from './stack.ts';
import { StackScope } from './stack-scope.ts';

type Stacks = ReadonlyMap<string, DeployedStack>;

/**
 * Checks that the update of a deployed stack keeps the exports that other stacks import. An export may change its value only
 * after its importers no longer use it
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html).
 * @throws Error with the reason that CloudFormation gives for its rejection
 */
export function checkExportsInUse(next: AssemblyStack, stacks: Stacks, kernel: Kernel): void {
  const deployed = stacks.get(next.name);
  if (!deployed) return;
  const values = exportValues(next, deployed, { stacks, kernel });
  for (const { exportName, value } of deployed.outputs) {
    if (exportName === undefined || values.get(exportName) === value) continue;
    const user = [...stacks.values()].find(
      (other) => other !== deployed && other.imports.has(exportName),
    );
    if (!user) continue;
    throw new Error(
      values.has(exportName)
        ? `Cannot update export ${exportName} as it is in use by ${user.name}.`
        : `Export ${exportName} cannot be deleted as it is in use by ${user.name}.`,
    );
  }
}

/** The exports after the update, by name. A value is undefined when it comes from a resource that does not exist yet. */
function exportValues(
  { template }: AssemblyStack,
  deployed: DeployedStack,
  { stacks, kernel }: { readonly stacks: Stacks; readonly kernel: Kernel },
): Map<string, string | undefined> {
  // The imports of the new template are not in use yet, so the scope must not record them.
  const scope = new StackScope(kernel, template, { ...deployed, imports: new Set() }, (name) =>
    exportNamed(name, stacks),
  );
  const exports = Object.values(template.Outputs ?? {}).flatMap(({ Condition, Export, Value }) => {
    if (Export === undefined) return [];
    if (Condition !== undefined && !scope.condition(Condition)) return [];
    return [[String(resolve(Export.Name, scope)), valueIn(scope, Value)] as const];
  });
  return new Map(exports);
}

function valueIn(scope: StackScope, value: unknown): string | undefined {
  try {
    return String(resolve(value, scope));
  } catch {
    return undefined;
  }
}

/** The value of an export of any stack. */
export function exportNamed(name: string, stacks: Stacks): string | undefined {
  const outputs = [...stacks.values()].flatMap((stack) => stack.outputs);
  return outputs.find(({ exportName }) => exportName === name)?.value;
}
