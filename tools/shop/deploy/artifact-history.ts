import { type Artifacts, artifactsOf, sameArtifacts } from './artifacts.ts';
import { TAGS } from './owned-stacks.ts';
import type { DeployedStack, Notes, Stacks } from './ports.ts';

/** The artifacts that a stack ran from one time on. */
export interface HistoryEntry {
  /** ISO 8601. */
  readonly at: string;
  /** The stack's version tag. */
  readonly version: string;
  readonly artifacts: Artifacts;
}

/** A parameter of the standard tier holds 4 KB (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html). */
const MAX_BYTES = 4096;
const KEPT = 8;

const folderOf = (stack: string) => `/triptych/${stack}`;
const noteOf = (stack: string) => `${folderOf(stack)}/artifacts`;

/** The artifacts that a stack has run, newest first. Only what the deploy command deployed is recorded. */
export async function readHistory(notes: Notes, stack: string): Promise<HistoryEntry[]> {
  return JSON.parse((await notes.read(noteOf(stack))) ?? '[]') as HistoryEntry[];
}

/** Records the artifacts that a stack runs now, if they have changed. Stacks without artifacts have no history. */
export async function recordArtifacts(
  { stacks, notes, now }: { stacks: Stacks; notes: Notes; now: () => Date },
  stack: DeployedStack,
): Promise<void> {
  const artifacts = artifactsOf(await stacks.template(stack.name));
  if (Object.keys(artifacts).length === 0) return;
  const history = await readHistory(notes, stack.name);
  if (history[0] && sameArtifacts(history[0].artifacts, artifacts)) return;
  const version = stack.tags[TAGS.version] ?? '';
  const entries = [{ at: now().toISOString(), version, artifacts }, ...history].slice(0, KEPT);
  while (JSON.stringify(entries).length > MAX_BYTES && entries.length > 1) entries.pop();
  await notes.write(noteOf(stack.name), JSON.stringify(entries), stack.tags);
}

/** Deletes the records of stacks. */
export async function forgetHistory(notes: Notes, stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) {
    for (const name of await notes.list(folderOf(stack))) await notes.delete(name);
  }
}
