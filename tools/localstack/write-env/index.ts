import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readAssembly } from '@triptych/local-cloud/templates';
import { accountId, awsEnvironment, region } from '../aws.ts';
import { type Deployed, deployedScope } from '../look-up/index.ts';
import { envFile } from './env-file.ts';
import { taskEnvironments } from './task-environments.ts';

/** What is deployed in LocalStack. */
export interface Deployment {
  readonly endpoint: string;
  /** Folder of the full assembly. */
  readonly assembly: string;
  readonly exports: ReadonlyMap<string, string>;
  readonly stacks: ReadonlyMap<string, ReadonlyMap<string, Deployed>>;
}

/**
 * Writes what containers and the edge start from; the README has the format. Each file replaces the one before at once,
 * and `resources.json` comes last: where it is, the rest is.
 * @returns paths of the variables' files, relative to `folder`
 */
export async function writeEnv(folder: string, deployment: Deployment): Promise<string[]> {
  const { endpoint, assembly, exports, stacks } = deployment;
  const written: string[] = [];
  for (const { name, template } of await readAssembly(assembly)) {
    const scope = deployedScope(name, stacks.get(name) ?? new Map(), exports);
    const variant = /^triptych-([a-z]+)-/.exec(name)?.[1] ?? '';
    for (const { service, variables } of taskEnvironments(template, scope)) {
      const path = `${variant}/${service}.env`;
      await replace(join(folder, path), envFile({ ...awsEnvironment(endpoint), ...variables }));
      written.push(path);
    }
  }
  await copyTemplates(assembly, join(folder, 'assembly'));
  const resources = {
    endpoint,
    region,
    accountId,
    exports: Object.fromEntries(exports),
    stacks: Object.fromEntries(
      [...stacks].map(([name, deployed]) => [name, Object.fromEntries(deployed)]),
    ),
  };
  await replace(join(folder, 'resources.json'), `${JSON.stringify(resources, null, 2)}\n`);
  return written;
}

/** Manifest and templates; assets are what LocalStack has already. */
async function copyTemplates(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${randomUUID()}`;
  await mkdir(unfinished, { recursive: true });
  for (const name of await readdir(from)) {
    if (/^manifest\.json$|^cdk\.out$|\.template\.json$/.test(name)) {
      await copyFile(join(from, name), join(unfinished, name));
    }
  }
  await rm(to, { recursive: true, force: true });
  await rename(unfinished, to);
}

async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, file);
}
