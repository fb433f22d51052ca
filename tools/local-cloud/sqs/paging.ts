import { AwsError } from '../kernel.ts';
import { parameter } from './settings.ts';

/** SQS lists at most this many queues. */
const MAX_LISTED = 1000;

export interface PageInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/**
 * One page of names, in their order. As in SQS, a list without `MaxResults` has no further pages.
 * @throws AwsError InvalidParameterValue
 */
export function page(
  names: readonly string[],
  { NextToken, MaxResults }: PageInput,
): { names: string[]; next: { NextToken?: string } } {
  const limit = parameter('MaxResults', MaxResults ?? MAX_LISTED, 1, MAX_LISTED);
  const after = NextToken === undefined ? '' : decode(NextToken);
  const left = [...names].sort().filter((name) => name > after);
  const shown = left.slice(0, limit);
  const more = MaxResults !== undefined && left.length > limit;
  return { names: shown, next: more ? { NextToken: encode(shown.at(-1) ?? '') } : {} };
}

function encode(name: string): string {
  return Buffer.from(`after ${name}`).toString('base64');
}

function decode(token: string): string {
  const [, name] = /^after (.+)$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (name !== undefined) return name;
  throw new AwsError('InvalidParameterValue', 'Invalid or expired next token.');
}
