import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '@triptych/base/user-error';
import type { Variant } from '@triptych/base/variants';
import colors from 'picocolors';

const askTimeoutMs = 5_000;

/** What `npm start` leaves for the other commands, readable by the same user only. */
export interface Running {
  readonly pid: number;
  /** ISO time at which everything was healthy. */
  readonly startedAt: string;
  readonly controlUrl: string;
  readonly token: string;
  readonly endpointUrl: string;
  readonly logFolder: string;
  /** Where its data are kept, when it was started with --persist. */
  readonly persistFolder?: string;
  readonly variants: Partial<Record<Variant, string>>;
}

/** A file per shop, named by its process: a second one on other ports does not hide the first. */
const folderOf = (root: string) => join(root, '.triptych', 'running');
const fileOf = (root: string, pid: number) => join(folderOf(root), `${pid}.json`);

export async function writeRunning(root: string, running: Running): Promise<void> {
  await mkdir(folderOf(root), { recursive: true });
  const text = JSON.stringify(running, null, 2);
  await writeFile(fileOf(root, running.pid), text, { mode: 0o600 });
}

/** Removes what this process left; another shop's stays. */
export async function forgetRunning(root: string): Promise<void> {
  await rm(fileOf(root, process.pid), { force: true });
}

/** Every shop of this checkout that answers, the newest first; what dead ones left is removed. */
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

/** The shop that runs on this machine, of several the newest. @throws UserError when none does */
export async function readRunning(root: string): Promise<Running> {
  const [running] = await listRunning(root);
  if (!running) {
    throw new UserError('No shop is running here: run `npm start` in another terminal first.');
  }
  return running;
}

/** Like {@link readRunning}, for commands that show something: says on stderr which shop it is. */
export async function findShop(root: string): Promise<Running> {
  const [running, ...others] = await listRunning(root);
  if (!running) return readRunning(root);
  const also = others.length === 0 ? '' : `; the newest of ${others.length + 1}`;
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

/** A process id may be somebody else's after a restart of the machine: only its own token proves a shop. */
async function answers({ pid, controlUrl, token }: Running): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const response = await fetch(`${controlUrl}/control/status`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(askTimeoutMs),
    });
    await response.body?.cancel();
    return response.status === 200;
  } catch (error) {
    // Alive but too busy to answer in time: still a shop.
    return (error as Error).name === 'TimeoutError';
  }
}
