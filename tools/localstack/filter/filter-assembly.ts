import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAssembly, type Template } from '@triptych/local-cloud/templates';
import { addPictureType } from './add-picture-type.ts';
import { assignIds } from './assign-ids.ts';
import { type Filtered, filterTemplates } from './filter-templates.ts';
import { type AssetManifest, keepAssets } from './keep-assets.ts';
import { keepStacks, type Manifest } from './keep-stacks.ts';

/** The kept templates, and the dependencies among their stacks. */
export interface FilteredAssembly extends Filtered {
  readonly dependencies: readonly {
    readonly name: string;
    readonly dependencies: readonly string[];
  }[];
}

/**
 * Writes an assembly with the part of another that LocalStack can deploy.
 * @param from folder of the full assembly, as CDK synthesized it
 * @param to folder to replace
 * @returns the kept part of each template, and the resources that are left out
 */
export async function filterAssembly(from: string, to: string): Promise<FilteredAssembly> {
  const filtered = filterTemplates(await readAssembly(from));
  const templates = filtered.templates.map(assignIds).map(addPictureType);
  const manifest = await readJson<Manifest>(join(from, 'manifest.json'));
  const hashes = new Map(templates.map(({ name, template }) => [name, hashOf(template)]));
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(join(from, 'cdk.out'), join(to, 'cdk.out'));
  const folders = new Set<string>();
  for (const { name, template } of templates) {
    const assets = await readJson<AssetManifest>(join(from, `${name}.assets.json`));
    const kept = keepAssets(assets, { stack: name, template, hash: hashes.get(name) ?? '' });
    await writeFile(join(to, `${name}.assets.json`), JSON.stringify(kept.manifest, null, 1));
    await writeFile(join(to, `${name}.template.json`), textOf(template));
    for (const path of kept.folders) folders.add(path);
  }
  for (const folder of folders) await cp(join(from, folder), join(to, folder), { recursive: true });
  const text = JSON.stringify(keepStacks(manifest, hashes), null, 1);
  await writeFile(join(to, 'manifest.json'), text);
  return { ...filtered, templates, dependencies: await readAssembly(to) };
}

const textOf = (template: Template) => JSON.stringify(template, null, 1);

/** A template is uploaded under the hash of its content, so the changed template needs a new hash. */
function hashOf(template: Template): string {
  return createHash('sha256').update(textOf(template)).digest('hex');
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
