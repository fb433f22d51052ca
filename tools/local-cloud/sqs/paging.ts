import { pageOf } from '../endpoint/page-token.ts';
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
 * @param scope the list that a token continues, e.g. `ListQueues`
 * @throws AwsError InvalidParameterValue
 */
export function page(
  scope: string,
  names: readonly string[],
  { NextToken, MaxResults }: PageInput,
): { names: string[]; next: { NextToken?: string } } {
  const { items, nextToken } = pageOf(names, {
    scope,
    token: NextToken,
    limit: parameter('MaxResults', MaxResults ?? MAX_LISTED, 1, MAX_LISTED),
    keyOf: (name) => [name],
    invalidToken: () => new AwsError('InvalidParameterValue', 'Invalid or expired next token.'),
  });
  const more = MaxResults !== undefined && nextToken !== undefined;
  return { names: items, next: more ? { NextToken: nextToken } : {} };
}
