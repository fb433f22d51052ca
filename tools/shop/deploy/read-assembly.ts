import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from './ports.ts';

/** A stack of a synthesized assembly. */
export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
  readonly tags: Readonly<Record<string, string>>;
  /** Stacks that are deployed before it. */
  readonly dependencies: readonly string[];
  /** Number of container images that it needs. */
  readonly images: number;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly dependencies?: readonly string[];
        readonly properties?: {
          readonly stackName?: string;
          readonly templateFile?: string;
          readonly file?: string;
          readonly tags?: Readonly<Record<string, string>>;
        };
      }
    >
  >;
}

/** Reads the stacks of an assembly, in the order in which they can be deployed. @param assembly a folder that the CDK wrote */
export function readAssembly(assembly: string): AssemblyStack[] {
  const read = (file: string) => JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  const { artifacts } = read('manifest.json') as Manifest;
  const isStack = (id: string) => artifacts[id]?.type === 'aws:cloudformation:stack';
  const stacks = Object.entries(artifacts).flatMap(
    ([id, { properties = {}, dependencies = [] }]) => {
      if (!isStack(id) || properties.templateFile === undefined) return [];
      const images = dependencies
        .map((other) => artifacts[other])
        .filter((other) => other?.type === 'cdk:asset-manifest' && other.properties?.file)
        .map((other) => Object.keys(read(other?.properties?.file ?? '').dockerImages ?? {}).length);
      return [
        {
          name: properties.stackName ?? id,
          template: read(properties.templateFile) as Template,
          tags: properties.tags ?? {},
          dependencies: dependencies.filter(isStack),
          images: images.reduce((sum, count) => sum + count, 0),
        },
      ];
    },
  );
  return inOrder(stacks);
}

function inOrder(stacks: readonly AssemblyStack[]): AssemblyStack[] {
  const ordered = new Set<AssemblyStack>();
  const byName = new Map(stacks.map((one) => [one.name, one]));
  const visit = (stack: AssemblyStack): void => {
    if (ordered.has(stack)) return;
    for (const name of stack.dependencies) {
      const needed = byName.get(name);
      if (needed) visit(needed);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack);
  return [...ordered];
}

/** One service's stack with every stack that it depends on, or all stacks without a service. */
export function stacksToDeploy(
  stacks: readonly AssemblyStack[],
  isWanted: (stack: AssemblyStack) => boolean,
): AssemblyStack[] {
  const wanted = new Set(stacks.filter(isWanted).map(({ name }) => name));
  for (const stack of [...stacks].reverse()) {
    if (wanted.has(stack.name)) for (const name of stack.dependencies) wanted.add(name);
  }
  return stacks.filter(({ name }) => wanted.has(name));
}
