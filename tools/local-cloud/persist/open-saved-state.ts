import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BlobName, Blobs } from './blobs.ts';
import { lockFolder } from './folder-lock.ts';
import { Journal } from './journal.ts';
import type { SavedChange, SavedState } from './saved-state.ts';

/** The journal is written anew when it has grown to twice what counts, and by this much at least. */
const SLACK_BYTES = 8 * 1024 * 1024;
/** Changes in one line of a journal that is written anew. */
const CHANGES_A_LINE = 500;

/** A change as the journal holds it. */
interface Line extends Omit<SavedChange, 'bytes'> {
  readonly blob?: BlobName;
}
/** A value as JSON text, so that whoever set it may go on to change the object. */
interface Stored {
  readonly text: string;
  readonly blob?: BlobName | undefined;
}
type Areas = Map<string, Map<string, Stored>>;

/**
 * State in a folder: a journal of all changes, and large bytes as files of their own. What was written when the process
 * is killed is there at the next start; a power cut may take the last moments.
 * @throws Error in one line when the folder holds another version's data or another process uses it
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
  if (journal.tornBytes > 0) log(`${folder}: left out ${journal.tornBytes} bytes of a torn write`);
  const all = [...areas.values()].flatMap((values) => [...values.values()]);
  blobs.keepOnly(new Set(all.flatMap(({ blob }) => (blob ? [blob.name] : []))));
  let rewrittenBytes = journal.bytes;
  let closed = false;

  return {
    entries: (area) =>
      [...(areas.get(area) ?? [])].flatMap(([key, { text, blob }]) => {
        const bytes = blob ? blobs.read(blob) : Buffer.alloc(0);
        if (!bytes) log(`${folder}: the bytes of ${area} ${key} are not whole; it is left out`);
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

/** Returns what was there before. */
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
      if (changes.length < CHANGES_A_LINE) continue;
      yield JSON.stringify(changes);
      changes = [];
    }
  }
  if (changes.length > 0) yield JSON.stringify(changes);
}
