/**
 * Writes the templates of every setting: `node infra/testing/write-templates.ts FOLDER`. Each distinct template becomes one file
 * `<stack>.<n>.json`. `settings.json` lists, by file, the settings that make it. Artifacts are empty, so nothing must be built.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../app.ts';
import { ROOT } from '../deployment.ts';
import { readSettings } from '../settings.ts';
import { emptyArtifacts } from './artifacts.ts';
import { readTemplates } from './assembly.ts';
import { EVERY_SETTING } from './every-setting.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name a folder');
mkdirSync(folder, { recursive: true });

const artifacts = emptyArtifacts();
const files = new Map<string, { readonly name: string; readonly settings: string[] }>();
try {
  for (const [number, [setting, values]] of Object.entries(EVERY_SETTING).entries()) {
    const out = artifacts.folder(`out-${number}`);
    const settings = await readSettings({ ...values, TRIPTYCH_DIST: artifacts.dist }, ROOT);
    createApp(settings, out).synth();
    for (const [stack, template] of Object.entries(readTemplates(out))) {
      const text = JSON.stringify(template, null, 1);
      const known = files.get(text) ?? { name: `${stack}.${files.size}.json`, settings: [] };
      if (known.settings.length === 0) writeFileSync(join(folder, known.name), text);
      known.settings.push(setting);
      files.set(text, known);
    }
  }
} finally {
  artifacts.remove();
}
const bySettings = [...files.values()].map(({ name, settings }) => [name, settings] as const);
writeFileSync(join(folder, 'settings.json'), JSON.stringify(Object.fromEntries(bySettings)));
