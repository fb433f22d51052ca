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

/** An action that a statement allows although nothing uses it, and why it stays. */
export interface UnusedAction {
  readonly action: RegExp;
  readonly kind: Grant['kind'];
  readonly reason: string;
}

/** The only list of actions that may be unused in a statement that is used. `npm run test:grants -- --actions` reports others. */
export const UNUSED_ACTIONS: readonly UnusedAction[] = [
  {
    action: /^sqs:(GetQueueUrl|GetQueueAttributes)$/,
    kind: 'resource',
    reason: 'The CDK adds it to every permission to send to a queue.',
  },
  {
    action: /^sqs:GetQueueUrl$/,
    kind: 'identity',
    reason: 'The CDK adds it to every permission to receive from a queue.',
  },
  {
    action: /^secretsmanager:DescribeSecret$/,
    kind: 'identity',
    reason: 'The CDK adds it to every permission to read a secret.',
  },
  {
    action:
      /^dynamodb:(BatchGetItem|BatchWriteItem|ConditionCheckItem|DeleteItem|GetItem|PutItem|Query|UpdateItem)$/,
    kind: 'identity',
    reason: 'A part of a service may do with the items of its own table what every part may.',
  },
];

/** Why an action may be unused, if there is a reason. */
export function reasonOf({ kind }: Grant, action: string): string | undefined {
  return UNUSED_ACTIONS.find((one) => one.kind === kind && one.action.test(action))?.reason;
}

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
