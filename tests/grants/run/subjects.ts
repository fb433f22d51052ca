import { seededRandom } from '@triptych/comparison/statistics';
import type { Grant } from '@triptych/local-cloud';
import { isAbout, nameOf, UNUSED_GRANTS } from '../support/unused-grants.ts';
import type { Subject } from './recorded-checks.ts';

/**
 * The statements to withdraw, in an order that the seed decides.
 * @param options.sample at most this many (default: all)
 * @param options.match only those whose name contains the text
 * @param options.actions also each action of a statement with several
 */
export function chosenSubjects(
  grants: readonly Grant[],
  options: { seed: number; sample?: string; match?: string; actions?: boolean },
): Subject[] {
  const { seed, sample, match = '', actions = false } = options;
  const all = grants
    .filter((grant) => !UNUSED_GRANTS.some((one) => isAbout(one, grant)))
    .flatMap((grant) => [{ grant }, ...(actions ? actionsOf(grant) : [])])
    .filter((one) => titleOf(one).includes(match));
  const random = seededRandom(seed);
  return all
    .map((one) => ({ one, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ one }) => one)
    .slice(0, Number(sample ?? all.length));
}

function actionsOf(grant: Grant): Subject[] {
  return grant.actions.length > 1 ? grant.actions.map((action) => ({ grant, action })) : [];
}

/** One line that names a statement, or one action of it. */
export function titleOf({ grant, action }: Subject): string {
  return action === undefined ? nameOf(grant) : `${action} of ${nameOf(grant)}`;
}
