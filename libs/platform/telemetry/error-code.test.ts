import { expect, it } from 'vitest';
import { AppError } from '../errors/index.ts';
import { errorCode } from './index.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error('no'), { name }, more);
const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

it.each<[string, unknown, string]>([
  ['a domain error', new AppError('conflict', 'out-of-stock', 'Sold.'), 'out-of-stock'],
  ['an error of AWS', named('ThrottlingException'), 'ThrottlingException'],
  ['an error of Stripe', named('StripeCardError', { code: 'card_declined' }), 'card_declined'],
  ['fetch without a connection', new TypeError('fetch failed', { cause: refused }), 'ECONNREFUSED'],
  ['several failed connections', new AggregateError([refused]), 'ECONNREFUSED'],
  ['a programming error', new TypeError('x is not a function'), 'TypeError'],
  ['a wrapped text', new Error('no', { cause: 'text' }), 'Error'],
  ['a thrown text', 'no', 'unknown'],
])('names %s', (_what, error, code) => {
  expect(errorCode(error)).toBe(code);
});

it('ends for an error that is its own cause', () => {
  const error = new Error('no');
  error.cause = error;
  expect(errorCode(error)).toBe('Error');
});
