import type { CachedKeyRing } from './cached-key-ring.ts';
import type { Clock, KeyMaker } from './ports.ts';
import { type Rotation, rotated, rotationDue } from './signing-keys.ts';

export interface RotateKeys {
  /** An operator asks for the rotation, so the age of the current key does not count. */
  readonly early?: boolean;
}

interface Deps {
  readonly keyRing: CachedKeyRing;
  readonly keyMaker: KeyMaker;
  readonly clock: Clock;
}

const NOTHING_DUE: Rotation = {
  promoteNext: false,
  publishNext: false,
  hastenNext: false,
  drop: [],
};

/**
 * Applies the rotation rules to the key ring and returns the changes this run made. A daily
 * schedule runs it, and an operator with `early`. Concurrent runs change the ring once: the run
 * that loses the conditional save changes nothing.
 * @throws AppError unavailable `unavailable`
 */
export async function rotateKeysIfDue(deps: Deps, command: RotateKeys = {}): Promise<Rotation> {
  const { keyRing, keyMaker, clock } = deps;
  const { early = false } = command;
  const before = await keyRing.readFresh();
  const nowMs = clock.now();
  const due = rotationDue(before, nowMs, early);
  const { promoteNext, publishNext, hastenNext, drop } = due;
  if (!promoteNext && !publishNext && !hastenNext && drop.length === 0) return due;
  const fresh = publishNext ? await keyMaker.make() : undefined;
  const after = rotated(before, due, nowMs, { fresh, early });
  return (await keyRing.save(after, before.version)) ? due : NOTHING_DUE;
}
