import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { displayPath } from '@triptych/base/display-path';
import { UserError } from '@triptych/base/user-error';
import { DEFAULT_PORT, parsePort, type Variant } from '@triptych/base/variants';
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

/** The port of a shop's control API, by which `--port` selects the shop. */
const portOf = ({ controlUrl }: Running) => Number(new URL(controlUrl).port);

/** Selects a shop in a command that is printed: ` --port 5000`, or empty for the default port. */
export const portFlag = (port: number) => (port === DEFAULT_PORT ? '' : ` --port ${port}`);

/**
 * The running shop of this checkout.
 * @param port the value of `--port`; needed only when several shops run
 * @throws UserError when none is running, when none has this port, or when several run and `port` is undefined
 */
export async function readRunning(root: string, port?: string): Promise<Running> {
  return select(await listRunning(root), port);
}

/** A running shop, and the flag that selects it in commands; empty when it is not needed. */
export interface FoundShop extends Running {
  readonly shopFlag: string;
}

/** Like {@link readRunning}, and says on stderr which shop it found. @throws UserError as {@link readRunning} does */
export async function findShop(root: string, port?: string): Promise<FoundShop> {
  return findAmong(await listRunning(root), port);
}

/** Like {@link findShop}, among shops that {@link listRunning} returned. @throws UserError as {@link readRunning} does */
export function findAmong(shops: readonly Running[], port?: string): FoundShop {
  const found = select(shops, port);
  console.error(colors.dim(describeShop(found)));
  const shopFlag = shops.length > 1 ? ` --port ${portOf(found)}` : portFlag(portOf(found));
  return { ...found, shopFlag };
}

function select(shops: readonly Running[], port: string | undefined): Running {
  const wanted = port === undefined ? undefined : parsePort(port);
  const [first, ...others] = shops;
  if (!first) {
    throw new UserError('No shop is running: run `npm start` in another terminal first.');
  }
  if (wanted === undefined && others.length === 0) return first;
  const found = shops.find((shop) => portOf(shop) === wanted);
  if (found) return found;
  const list = shops.map(describeChoice).join('; ');
  throw new UserError(
    wanted === undefined
      ? `${shops.length} shops are running; select one: ${list}.`
      : `No shop is running on port ${wanted}; running: ${list}.`,
  );
}

/** `--port 4000 (microservices, serverless, process 4711)` */
function describeChoice(shop: Running): string {
  const variants = Object.keys(shop.variants).join(', ');
  return `--port ${portOf(shop)} (${variants}, process ${shop.pid})`;
}

/** `Shop of process 4711 since 17:20:05 (control http://127.0.0.1:4000, logs .triptych/logs)`. */
function describeShop({ pid, startedAt, controlUrl, logFolder }: Running): string {
  const since = new Date(startedAt).toTimeString().slice(0, 8);
  return `Shop of process ${pid} since ${since} (control ${controlUrl}, logs ${displayPath(logFolder)})`;
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
