import type { App } from 'aws-cdk-lib';
import { createApp } from '../app.ts';
import { readChecked } from '../checks/quotas/check-quotas.ts';
import { ROOT } from '../deployment.ts';
import { readSettings } from '../settings.ts';
import { emptyArtifacts } from './artifacts.ts';
import { readAssetManifests, readTemplates, resourcesOf } from './assembly.ts';

type Options = { readonly validated?: boolean };
type Made = Awaited<ReturnType<typeof make>>;

/** The test files of one thread share imported modules, and so this map. */
const made = new Map<string, Promise<Made>>();

/**
 * Synthesizes in this process with empty artifacts and leaves nothing on disk. Each combination of settings is
 * synthesized once, so callers must not change the result.
 */
export function synthesize(
  settings: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<Made> {
  const key = JSON.stringify([Object.entries(settings).sort(), options.validated ?? false]);
  const known = made.get(key) ?? make(settings, options);
  made.set(key, known);
  return known;
}

async function make(settings: Readonly<Record<string, string>>, options: Options) {
  const artifacts = emptyArtifacts();
  try {
    const folder = artifacts.folder('out');
    const env = { TRIPTYCH_DIST: artifacts.dist, ...settings };
    const app: App = createApp(await readSettings(env, ROOT), folder, options);
    const { stacks } = app.synth();
    const templates = readTemplates(folder);
    const assets = readAssetManifests(folder);
    const checked = readChecked(folder, ROOT);
    const resources = resourcesOf(templates);
    const ofType = (type: string) => resources.filter((resource) => resource.type === type);
    return { app, stacks, templates, assets, checked, resources, ofType };
  } finally {
    artifacts.remove();
  }
}
