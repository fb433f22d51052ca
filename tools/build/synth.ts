import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode } from '@triptych/base/exit-code';
import { UserError } from '@triptych/base/user-error';
import { contentsHash } from './contents-hash.ts';
import { TEMPLATE_SOURCES } from './template-files.ts';

const SYNTH_TIMEOUT_MS = 120_000;

/**
 * Synthesizes the CDK app into `.triptych/assembly-<hash>`, or returns that folder if its inputs have not changed. Runs in
 * a separate process, because it needs 500 MB.
 * @param settings the environment of infra/app.ts, such as the base URLs
 * @returns the cloud assembly's folder
 * @throws UserError with the app's error message when it fails
 */
export async function synthesize(
  root: string,
  settings: Record<string, string>,
): Promise<{ assembly: string; cached: boolean }> {
  const hash = await inputHash(root, settings);
  const folder = join(root, '.triptych');
  const assembly = join(folder, `assembly-${hash}`);
  if (existsSync(join(assembly, 'manifest.json'))) return { assembly, cached: true };
  await mkdir(folder, { recursive: true });
  await forgetOldAssemblies(folder);
  const unfinished = join(folder, `synth-${process.pid}-${hash}`);
  await run(root, { ...settings, CDK_OUTDIR: unfinished });
  await rm(assembly, { recursive: true, force: true });
  await rename(unfinished, assembly);
  return { assembly, cached: false };
}

/** A hash of the templates' inputs: the sources of the templates, the artifacts (by build stamp) and the settings. */
async function inputHash(root: string, settings: Record<string, string>): Promise<string> {
  // The templates also read the process environment.
  const ofTemplates = Object.entries({ ...process.env, ...settings }).filter(([name]) =>
    name.startsWith('TRIPTYCH_'),
  );
  const hash = await contentsHash(root, [...TEMPLATE_SOURCES, 'package-lock.json']);
  hash.update(JSON.stringify(ofTemplates.sort()));
  hash.update(await readFile(join(root, 'dist/apps/.built'), 'utf8').catch(() => ''));
  return hash.digest('hex').slice(0, 16);
}

/** Keeps the eight newest, so that shops on different ports do not delete each other's templates. */
async function forgetOldAssemblies(folder: string): Promise<void> {
  const found = await Array.fromAsync(glob('assembly-*', { cwd: folder }));
  const byAge = await Promise.all(
    found.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = byAge.sort((a, b) => b.at - a.at).slice(8);
  await Promise.all(
    old.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })),
  );
}

async function run(root: string, settings: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'infra/app.ts')], {
    cwd: root,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: SYNTH_TIMEOUT_MS,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-8_000);
  });
  const code = await exitCode(child);
  if (code === 0) return;
  if (process.env.TRIPTYCH_DEBUG) process.stderr.write(stderr);
  const reason = reasonIn(stderr) ?? `code ${code}`;
  throw new UserError(
    `Cannot synthesize the templates: ${reason} (run \`npx cdk synth\` for the full output).`,
  );
}

/** The first line that states the error, with the list below it if the line ends in a colon. */
export function reasonIn(stderr: string): string | undefined {
  const lines = stderr.split('\n');
  const at = lines.findIndex((line) => /error|:/i.test(line));
  const first = lines[at]?.trim();
  if (!first?.endsWith(':')) return first;
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => !/^(\s+|- )\S/.test(line));
  const list = below
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.trim().replace(/^- /, ''));
  return [first, list.join('; ')].join(' ').trim();
}
