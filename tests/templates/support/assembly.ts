import { createHash } from 'node:crypto';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { runNode } from '@triptych/build/run-node';

const SYNTH_TIMEOUT_MS = 120_000;

/** An app that was synthesized into a folder. */
export interface Assembly {
  readonly folder: string;
  /** In the order in which they are deployed. */
  readonly stacks: readonly string[];
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly type: string }>>;
}

/** The parts of a template that tests read or change. */
export interface Template {
  readonly Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/**
 * Synthesizes the app from the built artifacts.
 * @param settings variables of docs/template-settings.md
 * @throws Error when that fails; its output is in the terminal
 */
export async function synthesizeInto(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<Assembly> {
  const made = await runNode([join(repositoryRoot, 'infra/app.ts')], {
    cwd: repositoryRoot,
    timeoutMs: SYNTH_TIMEOUT_MS,
    // Neither emulator knows budgets, and ministack rejects a template with an unknown type.
    env: { TRIPTYCH_MONTHLY_BUDGET: '0', ...settings, CDK_OUTDIR: folder },
  });
  if (!made) throw new Error(`infra/app.ts failed with ${JSON.stringify(settings)}`);
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name]) => name);
  return { folder, stacks };
}

/** A stack's template. */
export async function templateOf({ folder }: Assembly, stack: string): Promise<Template> {
  return JSON.parse(await readFile(join(folder, `${stack}.template.json`), 'utf8'));
}

/**
 * Changes a template, as if the app described something else. The name under which the CDK CLI uploads it changes too, because
 * the CLI uploads nothing that the bucket has.
 */
export async function changeTemplate(
  assembly: Assembly,
  stack: string,
  change: (template: Template) => void,
): Promise<void> {
  const template = await templateOf(assembly, stack);
  change(template);
  const text = JSON.stringify(template, null, 1);
  await writeFile(join(assembly.folder, `${stack}.template.json`), text);
  const hash = createHash('sha256').update(text).digest('hex');
  const assets = await readFile(join(assembly.folder, `${stack}.assets.json`), 'utf8');
  const [, before = ''] = /"objectKey": "([0-9a-f]{64})\.json"/.exec(assets) ?? [];
  for (const name of [`${stack}.assets.json`, 'manifest.json']) {
    const file = join(assembly.folder, name);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(before, hash));
  }
}

/** Copies the built artifacts to a folder and changes the code of one of them, such as `serverless/catalog`. */
export async function changeArtifact(folder: string, artifact: string): Promise<void> {
  await cp(join(repositoryRoot, 'dist/apps'), join(folder, 'apps'), { recursive: true });
  await appendFile(join(folder, 'apps', artifact, 'index.mjs'), '\n// changed\n');
}
