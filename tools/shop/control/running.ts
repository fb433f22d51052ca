import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import colors from 'picocolors';

const ASK_TIMEOUT_MS = 5_000;

/** The file by which other commands find the shop of `npm start`. Only the same user can read it. */
export interface Running {
  readonly pid: number;
  /** ISO time at which all health checks passed. */
  readonly startedAt: string;
  readonly controlUrl: string;
  readonly token: string;
  readonly endpointUrl: string;
  readonly logFolder: string;
  /** The folder that keeps its data; present only with --persist. */
  readonly persistFolder?: string;
  readonly variants: Partial<Record<Variant, string>>;
}

/** One file per shop, named by its process id, so that two shops on different ports are both found. */
const folderOf = (root: string) => join(root, '.triptych', 'running');
const fileOf = (root: string, pid: number) => join(folderOf(root), `${pid}.json`);

/** Announces the shop of this process to other commands. */
export async function writeRunning(root: string, running: Running): Promise<void> {
  await mkdir(folderOf(root), { recursive: true });
  const text = JSON.stringify(running, null, 2);
  await writeFile(fileOf(root, running.pid), text, { mode: 0o600 });
}

/** Removes the file of this process. */
export async function forgetRunning(root: string): Promise<void> {
  await rm(fileOf(root, process.pid), { force: true });
}

/** All running shops of this checkout, newest first. Removes the files of shops that no longer answer. */
export async function listRunning(root: string): Promise<Running[]> {
  const names = await Array.fromAsync(glob('*.json', { cwd: folderOf(root) })).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(folderOf(root), name);
      const running = parse(await readFile(file, 'utf8').catch(() => ''));
      if (running && (await answers(running))) return [running];
      await rm(file, { force: true });
      return [];
    }),
  );
  return found.flat().sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** The newest running shop of this checkout. @throws UserError when none is running */
export async function readRunning(root: string): Promise<Running> {
  const [running] = await listRunning(root);
  if (!running) {
    throw new UserError('No shop is running: run `npm start` in another terminal first.');
  }
  return running;
}

/** Like {@link readRunning}, and says on stderr which shop it found. @throws UserError when none is running */
export async function findShop(root: string): Promise<Running> {
  const [running, ...others] = await listRunning(root);
  if (!running) return readRunning(root);
  const also = others.length === 0 ? '' : `; the newest of ${others.length + 1} shops`;
  console.error(colors.dim(`${describeShop(running)}${also}`));
  return running;
}

/** `Shop of process 4711 since 17:20:05 (control http://127.0.0.1:4000, logs .triptych/logs)`. */
export function describeShop({ pid, startedAt, controlUrl, logFolder }: Running): string {
  const since = new Date(startedAt).toTimeString().slice(0, 8);
  const logs = relative(process.cwd(), logFolder) || logFolder;
  return `Shop of process ${pid} since ${since} (control ${controlUrl}, logs ${logs})`;
}

function parse(text: string): Running | undefined {
  try {
    return JSON.parse(text) as Running;
  } catch {
    return undefined;
  }
}

/** After a reboot, another process may have the id, so the token decides whether this is the shop. */
async function answers({ pid, controlUrl, token }: Running): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const response = await fetch(`${controlUrl}/control/status`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status === 200;
  } catch (error) {
    // The shop is alive but too busy to answer in time.
    return (error as Error).name === 'TimeoutError';
  }
}
