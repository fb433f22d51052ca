import type { App } from 'aws-cdk-lib';
import { createApp } from '../app.ts';
import { root } from '../deployment.ts';
import { readSettings } from '../settings.ts';
import { emptyArtifacts } from './artifacts.ts';
import { readTemplates, resourcesOf } from './assembly.ts';

/** Synthesizes in this process, with artifacts that are empty, and keeps nothing on disk. */
export function synthesize(
  settings: Readonly<Record<string, string>> = {},
  options: { readonly validated?: boolean } = {},
) {
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
