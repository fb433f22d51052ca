import { UserError } from '@triptych/base/user-error';
import { parseVariant } from '@triptych/base/variants';

/** A request to the control API. */
export interface BreakRequest {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Words = readonly (string | undefined)[];

/** The settings of `POST /control/misbehave` for each action that takes one argument or none. */
const SETTINGS: Readonly<Record<string, (words: Words) => Record<string, unknown>>> = {
  slow: ([ms]) => ({ addLatencyMs: number(ms, 'slow takes milliseconds: slow 200') }),
  'cut-off': ([names]) => ({ away: list(names, 'cut-off takes AWS services: cut-off events,sqs') }),
  'drop-answers': ([p]) => ({ dropAnswers: probability(p, 'drop-answers') }),
  throttle: ([p]) => ({ throttleDynamo: probability(p, 'throttle') }),
  duplicate: ([p]) => ({ duplicateDeliveries: probability(p, 'duplicate') }),
  reorder: () => ({ reorderDeliveries: true }),
};
const ACTIONS = ['list', 'kill', ...Object.keys(SETTINGS), 'heal'];
/** The number of arguments of each action that does not take one. */
const ARGUMENTS: Readonly<Record<string, number>> = { list: 0, kill: 2, reorder: 0, heal: 0 };

/**
 * Parses the words of `npm run break`. The names of services are checked by the shop, which knows them.
 * @throws UserError that lists the actions, or says what an action takes
 */
export function parseBreak([action = '', ...words]: readonly string[]): BreakRequest {
  if (!ACTIONS.includes(action)) {
    throw new UserError(`Say what to break: ${ACTIONS.join(', ')} (got "${action}").`);
  }
  const extra = words[ARGUMENTS[action] ?? 1];
  if (extra !== undefined) throw new UserError(`${action} does not take "${extra}".`);
  const post = (path: string, body: BreakRequest['body'] = {}): BreakRequest => ({
    ...{ action, method: 'POST', path, body },
  });
  if (action === 'list') return { action, method: 'GET', path: '/control/status', body: {} };
  if (action === 'heal') return post('/control/heal');
  if (action === 'kill') {
    const [variant, service] = words;
    return post('/control/kill', { variant: parseVariant(variant), service: service ?? '' });
  }
  return post('/control/misbehave', SETTINGS[action]?.(words));
}

function number(text: string | undefined, usage: string): number {
  if (text !== undefined && /^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UserError(`${usage} (got "${text ?? ''}").`);
}

function probability(text: string | undefined, action: string): number {
  const usage = `${action} takes a probability from 0 to 1: ${action} 0.1`;
  const found = number(text, usage);
  if (found > 1) throw new UserError(`${usage} (got "${text}").`);
  return found;
}

function list(text: string | undefined, usage: string): string[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  if (names.includes('')) throw new UserError(`${usage} (got "${text ?? ''}").`);
  return names;
}
