import { expect, it } from 'vitest';
import { eventFilter } from './event-filter.ts';

const filter = (pattern: unknown) =>
  eventFilter({ Filters: [{ Pattern: JSON.stringify({ body: { a: pattern } }) }] });
const matches = (pattern: unknown, a: unknown) =>
  filter(pattern)({ body: JSON.stringify(a === undefined ? {} : { a }) });

// The table in "Filter rule syntax" of the AWS Lambda Developer Guide.
it.each([
  ['null', [null], null, 'text'],
  ['an empty text', [''], '', 'text'],
  ['a text', ['Alice'], 'Alice', 'alice'],
  ['a text in any case', [{ 'equals-ignore-case': 'alice' }], 'Alice', 'Bob'],
  ['one of two', ['Credit', 'Debit'], 'Debit', 'Cash'],
  ['not', [{ 'anything-but': ['Raining'] }], 'Sunny', 'Raining'],
  ['a number', [{ numeric: ['=', 100] }], 100, 101],
  ['a range', [{ numeric: ['>', 10, '<=', 20] }], 20, 10],
  ['existence', [{ exists: true }], 'text', undefined],
  ['absence', [{ exists: false }], undefined, 'text'],
  ['a start', [{ prefix: 'us-' }], 'us-east-1', 'eu-west-1'],
  ['an end', [{ suffix: '.png' }], 'a.png', 'a.jpg'],
])('a filter selects %s', (_, pattern, yes, no) => {
  expect([matches(pattern, yes), matches(pattern, no)]).toEqual([true, false]);
});

it('a filter combines fields by $or', () => {
  const $or = [{ body: { a: [1] } }, { body: { b: [{ prefix: 'x' }] } }];
  const either = eventFilter({ Filters: [{ Pattern: JSON.stringify({ $or }) }] });
  const bodies = ['{"a":1}', '{"b":"xy"}', '{"a":2}'];
  expect(bodies.map((body) => either({ body }))).toEqual([true, true, false]);
});

it.each([
  ['wildcard', [{ wildcard: 'x*' }]],
  ['cidr', [{ cidr: '10.0.0.0/24' }]],
  ['exactly', ['a', { exactly: 'x' }]],
  ['prefix equals-ignore-case', [{ prefix: { 'equals-ignore-case': 'x' } }]],
  ['suffix equals-ignore-case', [{ suffix: { 'equals-ignore-case': 'x' } }]],
  ['anything-but prefix', [{ 'anything-but': { prefix: 'x' } }]],
  ['anything-but wildcard', [{ 'anything-but': { wildcard: 'x*' } }]],
])('a filter with %s is rejected by name', (operator, pattern) => {
  const text = `Lambda does not support ${operator}.`;
  expect(() => filter(pattern)).toThrow(text);
  const Pattern = JSON.stringify({ $or: [{ body: { a: pattern } }, { body: { b: [1] } }] });
  expect(() => eventFilter({ Filters: [{ Pattern }] })).toThrow(text);
});
