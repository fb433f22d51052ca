/** What updates depend on in a template: the exports of its stack, and what its resources and outputs import. */
export interface StackTemplate {
  readonly Resources?: object;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** A stack of the new templates. */
export interface NewStack {
  readonly name: string;
  readonly template: StackTemplate;
  /** Names of the stacks that a first deployment creates before it. */
  readonly dependencies: readonly string[];
}

/** A step of an update. `delete`: the new templates no longer have the stack. */
export interface UpdateStep {
  readonly action: 'deploy' | 'delete';
  readonly stack: string;
  /** The stacks whose steps must end before this one. */
  readonly after: readonly string[];
}

/** The exports of a template: name and value as JSON, because both may contain intrinsic functions. */
export function exportsOf({ Outputs = {} }: StackTemplate): Map<string, string> {
  const found = Object.values(Outputs).flatMap((output) => {
    const { Export, Value } = output as { Export?: { Name?: unknown }; Value?: unknown };
    return Export === undefined ? [] : [[JSON.stringify(Export.Name), JSON.stringify(Value)]];
  });
  return new Map(found as [string, string][]);
}

/** The names of the exports that a template imports, as JSON. */
export function importsOf(template: unknown): Set<string> {
  if (typeof template !== 'object' || template === null) return new Set();
  const entries = Object.entries(template).map(([key, value]) =>
    key === 'Fn::ImportValue' ? new Set([JSON.stringify(value)]) : importsOf(value),
  );
  return new Set(entries.flatMap((names) => [...names]));
}

/**
 * The exports that an update removes or changes. CloudFormation rejects the update while another stack imports one
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html).
 */
export function lostExports(before: StackTemplate, after: StackTemplate | undefined): string[] {
  const kept = after === undefined ? new Map<string, string>() : exportsOf(after);
  return [...exportsOf(before)]
    .filter(([name, value]) => kept.get(name) !== value)
    .map(([name]) => name);
}

/**
 * The DNS records of a template, by name and type. Route 53 rejects the creation of one that exists, so a new stack cannot take
 * over the record of a stack that is not deleted yet.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function recordsOf({ Resources = {} }: StackTemplate): Set<string> {
  const found = Object.values(Resources).flatMap((resource) => {
    const { Type, Properties } = resource as { Type?: string; Properties?: object };
    if (Type !== 'AWS::Route53::RecordSet') return [];
    const { Name, Type: kind } = Properties as { Name: unknown; Type: unknown };
    return [JSON.stringify([Name, kind])];
  });
  return new Set(found);
}

/**
 * The order in which deployed stacks can be updated to new templates. A stack comes after the stacks whose new exports it
 * imports, before the stacks that remove exports that it used to import, and after the deletion of stacks whose DNS records it
 * takes over. Stacks without a successor are deleted as soon
 * as nothing imports from them. Without deployed stacks, the order is the one of a first deployment.
 * @param deployed the templates of all deployed stacks of the variant, by name
 * @throws RangeError that names stacks that would have to be updated before each other
 */
export function updateOrder(
  deployed: ReadonlyMap<string, StackTemplate>,
  next: readonly NewStack[],
): UpdateStep[] {
  const after = new Map(next.map(({ name, template }) => [name, template]));
  const orphans = [...deployed.keys()].filter((name) => !after.has(name)).reverse();
  const earlier = new Map<string, Set<string>>();
  for (const { name, dependencies } of next) {
    earlier.set(name, new Set(exportersFor(name, dependencies, deployed, after)));
  }
  for (const name of orphans) earlier.set(name, new Set());
  for (const [name, before] of deployed) {
    for (const importer of importersOf(lostExports(before, after.get(name)), deployed)) {
      if (importer !== name) earlier.get(name)?.add(importer);
    }
  }
  for (const { name, template } of next) {
    if (deployed.has(name)) continue;
    const records = recordsOf(template);
    const holders = orphans.filter(
      (orphan) => !recordsOf(deployed.get(orphan) ?? {}).isDisjointFrom(records),
    );
    for (const holder of holders) earlier.get(name)?.add(holder);
  }
  return inOrder(earlier).map((stack) => ({
    action: after.has(stack) ? 'deploy' : 'delete',
    stack,
    after: [...(earlier.get(stack) ?? [])],
  }));
}

/**
 * The dependencies that must be updated before a stack: all those that do not exist yet, those that do not yet export what it
 * imports, and those from which it imports nothing, which therefore have another reason. A new stack waits for all.
 */
function exportersFor(
  stack: string,
  dependencies: readonly string[],
  deployed: ReadonlyMap<string, StackTemplate>,
  after: ReadonlyMap<string, StackTemplate>,
): readonly string[] {
  if (!deployed.has(stack)) return dependencies;
  const imports = importsOf(after.get(stack));
  return dependencies.filter((name) => {
    const old = exportsOf(deployed.get(name) ?? {});
    const imported = [...exportsOf(after.get(name) ?? {})].filter(([id]) => imports.has(id));
    return imported.length === 0 || imported.some(([id, value]) => old.get(id) !== value);
  });
}

function importersOf(
  exports: readonly string[],
  deployed: ReadonlyMap<string, StackTemplate>,
): string[] {
  if (exports.length === 0) return [];
  return [...deployed]
    .filter(([, template]) => !importsOf(template).isDisjointFrom(new Set(exports)))
    .map(([name]) => name);
}

/** The names so that each comes after those in its set, and otherwise in their order. */
function inOrder(earlier: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const ordered: string[] = [];
  let left = [...earlier.keys()];
  while (left.length > 0) {
    const ready = left.find(
      (name) => ![...(earlier.get(name) ?? [])].some((one) => left.includes(one)),
    );
    if (ready === undefined) {
      throw new RangeError(
        `No order of updates exists: each waits for another of ${left.join(', ')}`,
      );
    }
    ordered.push(ready);
    left = left.filter((name) => name !== ready);
  }
  return ordered;
}
