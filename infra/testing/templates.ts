import type { App } from 'aws-cdk-lib';
import { createApp } from '../app.ts';
import { root } from '../deployment.ts';
import { readSettings } from '../settings.ts';
import { emptyArtifacts } from './artifacts.ts';
import { readTemplates, resourcesOf } from './assembly.ts';

type Options = { readonly validated?: boolean };
type Made = ReturnType<typeof make>;

/** Files of one thread share what they import, and so what is made here. */
const made = new Map<string, Made>();

/**
 * Synthesizes in this process, with artifacts that are empty, and keeps nothing on disk. The same settings are synthesized
 * once: what is returned is for reading.
 */
export function synthesize(
  settings: Readonly<Record<string, string>> = {},
  options: Options = {},
): Made {
  const key = JSON.stringify([Object.entries(settings).sort(), options.validated ?? false]);
  const known = made.get(key) ?? make(settings, options);
  made.set(key, known);
  return known;
}

function make(settings: Readonly<Record<string, string>>, options: Options) {
  const artifacts = emptyArtifacts();
  try {
    const folder = artifacts.folder('out');
    const env = { TRIPTYCH_DIST: artifacts.dist, ...settings };
    const app: App = createApp(readSettings(env, root), folder, options);
    const { stacks } = app.synth();
    const templates = readTemplates(folder);
    const resources = resourcesOf(templates);
    const ofType = (type: string) => resources.filter((resource) => resource.type === type);
    return { app, stacks, templates, resources, ofType };
  } finally {
    artifacts.remove();
  }
}
