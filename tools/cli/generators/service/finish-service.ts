import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stamp, stampOf } from '../../ensure-installed.mjs';
import type { ServiceNames } from './word-forms.ts';

const STEP_TIMEOUT_MS = 60_000;

interface Written {
  readonly root: string;
  readonly names: ServiceNames;
  /** Paths of the new files, from the root. */
  readonly created: readonly string[];
  /** What the changed files were, by path. */
  readonly before: ReadonlyMap<string, string>;
}

/**
 * Links the new library, regenerates `docs/asyncapi.json`, formats what was written, and prints what to do next.
 * @throws Error when one of these fails. All files are then as before.
 */
export function finishService(written: Written): void {
  const { root, names, created, before } = written;
  const link = join(root, 'node_modules/@triptych', names.name);
  try {
    linkLibrary(join(root, 'libs', names.name), link);
    runNode(root, 'tools/build/write-asyncapi.ts');
    const changed = [...before.keys()].filter((path) => /\.(ts|json)$/.test(path));
    runNode(
      root,
      'node_modules/@biomejs/biome/bin/biome',
      'check',
      '--write',
      ...created,
      ...changed,
    );
    keepInstalled(before.get('package-lock.json') ?? '', join(root, 'package-lock.json'));
  } catch (error) {
    rmSync(link, { force: true });
    for (const path of created) rmSync(join(root, path), { force: true });
    rmSync(join(root, 'libs', names.name), { recursive: true, force: true });
    for (const [path, text] of before) writeFileSync(join(root, path), text);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Nothing was changed, because a step failed: ${reason}`, { cause: error });
  }
  console.log(nextSteps(names));
}

/** What `npm install` would do: a workspace is a link in node_modules. */
function linkLibrary(folder: string, link: string): void {
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  // On Windows, only a junction needs no special right, and it must be absolute.
  if (process.platform === 'win32') symlinkSync(folder, link, 'junction');
  else symlinkSync(join('../../libs', folder.split('/').at(-1) ?? ''), link);
}

/** The link is all that the new lockfile asks for, so an installation of the old one is complete. */
function keepInstalled(lockfileBefore: string, lockfile: string): void {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== stampOf(lockfileBefore)) return;
  // Removed first: a copy of the repository may share the file through a link.
  rmSync(stamp);
  writeFileSync(stamp, stampOf(readFileSync(lockfile)));
}

function runNode(root: string, program: string, ...args: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(root, program), ...args],
    { cwd: root, encoding: 'utf8', timeout: STEP_TIMEOUT_MS },
  );
  if (status === 0) return;
  throw new Error(`${program}: ${error?.message ?? `${stderr}${stdout}`.trim()}`);
}

function nextSteps({ name, entity }: ServiceNames): string {
  return `
The context "${name}" is part of all three variants: POST /${name}/items and GET /${name}/items/{id}.

  npm start                             runs it
  npx vitest run libs/${name}            runs its tests; npm test runs everything

Next: say in libs/${name}/README.md what it is for, give the ${entity} its own fields (libs/${name}/core), and name its
team in .github/CODEOWNERS. docs/add-a-service.md explains every file.`;
}
