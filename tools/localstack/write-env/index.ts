import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readAssembly } from '@triptych/local-cloud/templates';
import { ACCOUNT_ID, awsEnvironment, REGION } from '../aws.ts';
import { type Deployed, deployedScope } from '../look-up/index.ts';
import { envFile } from './env-file.ts';
import { taskEnvironments } from './task-environments.ts';

/** A deployment in LocalStack. */
export interface Deployment {
  readonly endpoint: string;
  /** The id of LocalStack's run. The containers restart when it changes. */
  readonly session?: string | undefined;
  /** Folder of the full assembly. */
  readonly assembly: string;
  readonly exports: ReadonlyMap<string, string>;
  readonly stacks: ReadonlyMap<string, ReadonlyMap<string, Deployed>>;
}

/**
 * Writes the settings of the containers and the edge, in the format of docs/localstack.md. Replaces each file atomically and
 * writes `resources.json` last, so that its presence means that the rest is complete.
 * @returns paths of the `.env` files, relative to `folder`
 */
export async function writeEnv(folder: string, deployment: Deployment): Promise<string[]> {
  const { endpoint, session, assembly, exports, stacks } = deployment;
  const own = {
    ...awsEnvironment(endpoint),
    ...(session === undefined ? {} : { TRIPTYCH_LOCALSTACK_SESSION: session }),
  };
  const written: string[] = [];
  for (const { name, template } of await readAssembly(assembly)) {
    const scope = deployedScope(name, stacks.get(name) ?? new Map(), exports);
    const variant = /^triptych-([a-z]+)-/.exec(name)?.[1] ?? '';
    for (const { service, variables } of taskEnvironments(template, scope)) {
      const path = `${variant}/${service}.env`;
      await replace(join(folder, path), envFile({ ...own, ...variables }));
      written.push(path);
    }
  }
  await copyTemplates(assembly, join(folder, 'assembly'));
  const resources = {
    endpoint,
    session,
    region: REGION,
    accountId: ACCOUNT_ID,
    exports: Object.fromEntries(exports),
    stacks: Object.fromEntries(
      [...stacks].map(([name, deployed]) => [name, Object.fromEntries(deployed)]),
    ),
  };
  await replace(join(folder, 'resources.json'), `${JSON.stringify(resources, null, 2)}\n`);
  return written;
}

/** Copies the manifest and the templates, without assets, which LocalStack already has. */
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
