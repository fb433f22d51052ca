/**
 * Writes the templates of every setting: `node infra/testing/write-templates.ts FOLDER`. Each distinct template becomes one file
 * `<stack>.<hash>.json`. `settings.json` lists, by file, the settings that make it. Artifacts are empty, so nothing must be built.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createApp } from '../app.ts';
import { ROOT } from '../deployment.ts';
import { readSettings } from '../settings.ts';
import { emptyArtifacts } from './artifacts.ts';
import { readTemplates } from './assembly.ts';
import { EVERY_SETTING } from './every-setting.ts';

/** One for each core of a small machine. */
const WORKERS = 2;

/** A setting and the files that it makes. */
type Made = readonly [setting: string, files: readonly string[]];

if (isMainThread) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('name a folder');
  await writeAll(folder);
} else {
  parentPort?.postMessage(await writeShare(workerData.folder, workerData.number));
}

async function writeAll(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const numbers = Array.from({ length: WORKERS }, (_, number) => number);
  const made = (await Promise.all(numbers.map((number) => inWorker({ folder, number })))).flat();
  const settings: Record<string, string[]> = {};
  for (const name of Object.keys(EVERY_SETTING)) {
    const files = made.find(([setting]) => setting === name)?.[1] ?? [];
    if (files.length === 0) throw new Error(`${name} made no templates`);
    for (const file of files) settings[file] = [...(settings[file] ?? []), name];
  }
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
}

/** Runs this file in a thread of its own. @throws Error when the thread fails or ends without an answer */
function inWorker(data: { readonly folder: string; readonly number: number }): Promise<Made[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.filename, { workerData: data });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`worker ${data.number} ended with ${code}`)));
  });
}

/** Writes the templates of every `WORKERS`-th setting, starting with the given one. */
async function writeShare(folder: string, first: number): Promise<Made[]> {
  const artifacts = emptyArtifacts();
  const made: Made[] = [];
  try {
    for (const [number, [setting, values]] of Object.entries(EVERY_SETTING).entries()) {
      if (number % WORKERS !== first) continue;
      const out = artifacts.folder(`out-${number}`);
      const settings = await readSettings({ ...values, TRIPTYCH_DIST: artifacts.dist }, ROOT);
      createApp(settings, out).synth();
      const files = Object.entries(readTemplates(out)).map(([stack, template]) => {
        const text = JSON.stringify(template, null, 1);
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
        const file = `${stack}.${hash}.json`;
        writeFileSync(join(folder, file), text);
        return file;
      });
      made.push([setting, files]);
    }
  } finally {
    artifacts.remove();
  }
  return made;
}
