import { AppError } from '@triptych/platform/errors';

/** `undecided`: the provider has not answered or not decided. Call again later. */
export type Progress = 'settled' | 'undecided';

/** Decides the next change of a record, or that there is none now. */
export type Step<Entity, Change> = (entity: Entity) => Promise<Change | Progress>;

/** The longest path is three changes. The rest allows for concurrent writers. */
const MAX_TURNS = 8;

/** A stored record that conditional writes change. */
interface StoredRecord<Entity, Change> {
  /** Starts the details of errors. */
  readonly name: string;
  find(): Promise<Entity | undefined>;
  /** False, with nothing written, when another writer was first. */
  commit(change: Change): Promise<boolean>;
}

/**
 * Takes a record as far as `step` can, one conditional write at a time. The loser of a race reads
 * the record again and decides again, so duplicates, reordering and crashes between two writes all
 * lead to the same result.
 * @throws AppError not-found `not-found`, conflict `order-busy`, and errors of `step`
 */
export async function driveRecord<Entity, Change extends { readonly to: Entity }>(
  { name, find, commit }: StoredRecord<Entity, Change>,
  step: Step<Entity, Change>,
): Promise<Progress> {
  let entity: Entity | undefined = await find();
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    if (!entity) throw new AppError('not-found', 'not-found', `${name} does not exist.`);
    const next = await step(entity);
    if (next === 'settled' || next === 'undecided') return next;
    entity = (await commit(next)) ? next.to : await find();
  }
  throw new AppError('conflict', 'order-busy', `${name} keeps changing.`);
}
