import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly as readStacks } from '@triptych/local-cloud/templates';
import type { Template } from './ports.ts';

/** A stack of a synthesized assembly. */
export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
  readonly tags: Readonly<Record<string, string>>;
  /** Stacks that a first deployment creates before it. */
  readonly dependencies: readonly string[];
  /** Number of container images that it needs. */
  readonly images: number;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly stackName?: string;
    readonly file?: string;
    readonly tags?: Readonly<Record<string, string>>;
  };
}

type Artifacts = Readonly<Record<string, Artifact>>;

/**
 * Reads the stacks of an assembly with their tags and the number of their images.
 * @param assembly a folder that the CDK wrote
 * @throws Error when the folder contains no assembly
 */
export async function readAssembly(assembly: string): Promise<AssemblyStack[]> {
  const { artifacts } = (await readJson(assembly, 'manifest.json')) as { artifacts: Artifacts };
  const byName = new Map(
    Object.entries(artifacts).map(([id, one]) => [one.properties?.stackName ?? id, one]),
  );
  return Promise.all(
    (await readStacks(assembly)).map(async ({ name, template, dependencies }) => {
      const stack = byName.get(name);
      const assets = (stack?.dependencies ?? []).map((id) => artifacts[id]);
      const images = await Promise.all(assets.map((one) => countImages(assembly, one)));
      return {
        name,
        template: template as Template,
        tags: stack?.properties?.tags ?? {},
        dependencies,
        images: images.reduce((sum, count) => sum + count, 0),
      };
    }),
  );
}

async function countImages(assembly: string, asset: Artifact | undefined): Promise<number> {
  const file = asset?.properties?.file;
  if (asset?.type !== 'cdk:asset-manifest' || file === undefined) return 0;
  const { dockerImages = {} } = (await readJson(assembly, file)) as { dockerImages?: object };
  return Object.keys(dockerImages).length;
}

async function readJson(folder: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, file), 'utf8'));
}

/** The wanted stacks, and all stacks that they depend on. */
export function stacksToDeploy(
  stacks: readonly AssemblyStack[],
  isWanted: (stack: AssemblyStack) => boolean,
): AssemblyStack[] {
  const wanted = new Set(stacks.filter(isWanted).map(({ name }) => name));
  for (const name of wanted) {
    const { dependencies = [] } = stacks.find((one) => one.name === name) ?? {};
    for (const needed of dependencies) wanted.add(needed);
  }
  return stacks.filter(({ name }) => wanted.has(name));
}
