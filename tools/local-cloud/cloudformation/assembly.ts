import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTemplate, type Template } from './template.ts';

/** One stack of a synthesized CDK app. */
export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
  /** Names of the stacks that must be deployed first. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}
interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly stackName?: string; readonly templateFile?: string };
}

const STACK_TYPE = 'aws:cloudformation:stack';

/**
 * Reads a cloud assembly (`cdk.out`): its manifest and the template of every stack.
 * @throws Error when the folder contains no assembly, or one with stages (nested assemblies)
 */
export async function readAssembly(directory: string): Promise<AssemblyStack[]> {
  const artifacts = (await readJson<Manifest>(join(directory, 'manifest.json'))).artifacts ?? {};
  const nested = Object.entries(artifacts).find(([, one]) => one.type === 'cdk:cloud-assembly');
  if (nested) throw new Error(`${directory}: nested assemblies are not supported (${nested[0]}).`);
  const stacks = Object.entries(artifacts).filter(([, artifact]) => artifact.type === STACK_TYPE);
  return Promise.all(
    stacks.map(async ([id, artifact]) => {
      const name = artifact.properties?.stackName ?? id;
      const file = artifact.properties?.templateFile;
      if (file === undefined) throw new Error(`${directory}: stack ${name} names no template.`);
      const template = await readJson<Template>(join(directory, file));
      checkTemplate(name, template);
      return { name, template, dependencies: stackDependencies(artifacts, artifact) };
    }),
  );
}

/** Returns the dependencies that are stacks. The others are asset manifests without effect here. */
function stackDependencies(
  artifacts: Readonly<Record<string, Artifact>>,
  artifact: Artifact,
): string[] {
  return (artifact.dependencies ?? []).flatMap((id) => {
    const other = artifacts[id];
    return other?.type === STACK_TYPE ? [other.properties?.stackName ?? id] : [];
  });
}

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON; has the CDK app been synthesized?`, { cause });
  }
}
