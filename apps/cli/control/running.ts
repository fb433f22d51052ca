import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Variant } from '../variants.ts';

/** What `npm start` leaves for the other commands, readable by the same user only. */
export interface Running {
  readonly pid: number;
  readonly controlUrl: string;
  readonly token: string;
  readonly endpointUrl: string;
  readonly variants: Partial<Record<Variant, string>>;
}

const file = (root: string) => join(root, '.triptych', 'running.json');

export async function writeRunning(root: string, running: Running): Promise<void> {
  await mkdir(join(root, '.triptych'), { recursive: true });
  await writeFile(file(root), JSON.stringify(running, null, 2), { mode: 0o600 });
}

/** Removes what this process left; another shop's stays. */
export async function forgetRunning(root: string): Promise<void> {
  const text = await readFile(file(root), 'utf8').catch(() => '{}');
  if ((JSON.parse(text) as Partial<Running>).pid === process.pid) await rm(file(root));
}

/** The shop that runs on this machine. @throws UserError when none does */
export async function readRunning(root: string): Promise<Running> {
  const text = await readFile(file(root), 'utf8').catch(() => undefined);
  const running = text ? (JSON.parse(text) as Running) : undefined;
  if (!running || !alive(running.pid)) {
    throw new UserError('No shop is running here: run `npm start` in another terminal first.');
  }
  return running;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
