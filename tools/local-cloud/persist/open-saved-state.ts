import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BlobName, Blobs } from './blobs.ts';
import { lockFolder } from './folder-lock.ts';
import { Journal } from './journal.ts';
import type { SavedChange, SavedState } from './saved-state.ts';

/** The journal is compacted when it is larger than twice its compacted size plus this. */
const SLACK_BYTES = 8 * 1024 * 1024;
/** Changes per line of a compacted journal. */
const CHANGES_PER_LINE = 500;

/** A change in the form of the journal. */
interface Line extends Omit<SavedChange, 'bytes'> {
  readonly blob?: BlobName;
}
/** A value as JSON text, so that later changes of the caller's object have no effect. */
interface Stored {
  readonly text: string;
  readonly blob?: BlobName | undefined;
}
type Areas = Map<string, Map<string, Stored>>;

/**
 * Opens the state in a folder: a journal of all changes, and a file for each value's bytes. Written
 * changes survive a kill of the process. A power failure may lose the most recent ones.
 * @throws Error with a one-line message when another process uses the folder or its format is
 * unknown
 */
export function openSavedState(
  folder: string,
  log: (text: string) => void,
  slackBytes = SLACK_BYTES,
): SavedState {
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  const blobs = new Blobs(join(folder, 'blobs'));
  const areas: Areas = new Map();
  const journal = new Journal(join(folder, 'journal'), (text) => {
    for (const line of JSON.parse(text) as Line[]) apply(areas, line);
  });
  if (journal.tornBytes > 0) log(`${folder}: dropped ${journal.tornBytes} bytes of a torn write`);
  const all = [...areas.values()].flatMap((values) => [...values.values()]);
  blobs.keepOnly(new Set(all.flatMap(({ blob }) => (blob ? [blob.name] : []))));
  let rewrittenBytes = journal.bytes;
  let closed = false;

  return {
    entries: (area) =>
      [...(areas.get(area) ?? [])].flatMap(([key, { text, blob }]) => {
        const bytes = blob ? blobs.read(blob) : Buffer.alloc(0);
        if (!bytes) log(`${folder}: skipped ${area} ${key}, because its bytes are incomplete`);
        return bytes ? [{ key, value: JSON.parse(text) as unknown, bytes }] : [];
      }),
    write(changes) {
      if (changes.length === 0 || closed) return;
      const written = changes.map(({ bytes, ...change }) =>
        bytes?.length ? { ...change, blob: blobs.save(bytes) } : change,
      );
      journal.append(JSON.stringify(written));
      for (const change of written) {
        const replaced = apply(areas, change)?.blob;
        if (replaced) blobs.remove(replaced);
      }
      if (journal.bytes < 2 * rewrittenBytes + slackBytes) return;
      journal.replace(lines(areas));
      rewrittenBytes = journal.bytes;
    },
    close() {
      if (closed) return;
      closed = true;
      journal.close();
      unlock();
    },
  };
}

/** Applies a change. Returns the previous value. */
function apply(areas: Areas, { area, key, value, blob }: Line): Stored | undefined {
  const values = areas.get(area) ?? new Map<string, Stored>();
  const before = values.get(key);
  if (value === undefined) values.delete(key);
  else areas.set(area, values.set(key, { text: JSON.stringify(value), blob }));
  if (values.size === 0) areas.delete(area);
  return before;
}

function* lines(areas: Areas): Iterable<string> {
  let changes: Line[] = [];
  for (const [area, values] of areas) {
    for (const [key, { text, blob }] of values) {
      changes.push({ area, key, value: JSON.parse(text) as unknown, ...(blob ? { blob } : {}) });
      if (changes.length < CHANGES_PER_LINE) continue;
      yield JSON.stringify(changes);
      changes = [];
    }
  }
  if (changes.length > 0) yield JSON.stringify(changes);
}
