import { honoured, type RequestMembers } from '../endpoint/index.ts';
import type { State } from './definition.ts';

/**
 * The fields of a definition that are supported. Any other field is an error at deployment.
 * https://states-language.net/spec.html
 */
export const MACHINE_FIELDS = honoured(
  ...['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'],
);

const STATE = honoured('Type', 'Comment', 'QueryLanguage');
const ENDING = honoured('Assign', 'Output', 'Next', 'End');
const TRANSITION = honoured('Assign', 'Output', 'Next', 'Comment');

const RETRIER = honoured(
  ...['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'],
  ...['JitterStrategy', 'Comment'],
);

/** The supported fields of each type of state. */
export const STATE_FIELDS: Readonly<Record<State['Type'], RequestMembers>> = {
  Task: {
    ...STATE,
    ...ENDING,
    ...honoured('Resource', 'TimeoutSeconds', 'HeartbeatSeconds'),
    Arguments: { members: honoured('FunctionName', 'Payload') },
    Retry: { members: RETRIER },
    Catch: { members: { ...TRANSITION, ErrorEquals: 'honoured' } },
  },
  Choice: {
    ...STATE,
    ...honoured('Default', 'Assign', 'Output'),
    Choices: { members: { ...TRANSITION, Condition: 'honoured' } },
  },
  Wait: { ...STATE, ...ENDING, Seconds: 'honoured' },
  Pass: { ...STATE, ...ENDING },
  Succeed: { ...STATE, Output: 'honoured' },
  Fail: { ...STATE, ...honoured('Error', 'Cause') },
};
