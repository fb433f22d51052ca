import type { Grant } from '@triptych/local-cloud';

/** A statement that allows nothing in any suite, and why it stays. */
export interface UnusedGrant {
  /** The end of the stack's name: `state`, `auth`, … */
  readonly stack: RegExp;
  /** The logical id of the policy. */
  readonly policy: RegExp;
  /** An action that the statement allows. */
  readonly action: string;
  readonly reason: string;
}

/** The only list of statements that may allow nothing. */
export const UNUSED_GRANTS: readonly UnusedGrant[] = [];

/** Whether an entry of the list is about a statement. */
export function isAbout({ stack, policy, action }: UnusedGrant, grant: Grant): boolean {
  return stack.test(grant.stack) && policy.test(grant.policy) && grant.actions.includes(action);
}

/** Whether a statement allowed a call. */
export function isUsed({ allowed }: Grant): boolean {
  return Object.keys(allowed).length > 0;
}

/** One line that names a statement. */
export function nameOf({ stack, policy, index, sid, actions, resources }: Grant): string {
  const on = resources.length > 0 ? ` on ${resources.join(', ')}` : '';
  return `${stack}/${policy}, statement ${sid ?? index}: ${actions.join(', ')}${on}`;
}
