import { describe, expect, it } from 'vitest';
import { meets } from './conditions.ts';

const item = {
  text: { S: 'héllo' },
  empty: { S: '' },
  binary: { B: 'AAEC' },
  n: { N: '5' },
  no: { BOOL: false },
  list: { L: [{ S: 'x' }, { M: { a: { N: '1' } } }] },
  map: { M: { a: { S: 'b' }, c: { NULL: true } } },
  set: { SS: ['b', 'a'] },
  numbers: { NS: ['1', '2'] },
};
const condition = (type: string, ...args: unknown[]) =>
  meets('condition', { _condition: { expression: { type, args } } }, item);
const call = (name: string, ...args: unknown[]) =>
  meets('condition', { _condition: { expression: { type: 'function', name, args } } }, item);

describe('comparisons', () => {
  it('find equal lists, maps, sets, and empty and false values', () => {
    for (const [name, value] of Object.entries(item)) {
      expect(condition('=', [name], value), name).toBe(true);
      expect(condition('<>', [name], value), name).toBe(false);
    }
    expect(condition('=', ['set'], { SS: ['a', 'b'] })).toBe(true);
    expect(condition('=', ['list'], { L: [{ M: { a: { N: '1' } } }, { S: 'x' }] })).toBe(false);
    expect(condition('in', ['map'], { S: 'b' }, item.map)).toBe(true);
  });

  it('compare texts by their bytes, and never values of different types', () => {
    // U+FFFD precedes an emoji in UTF-8, but not in UTF-16.
    expect(condition('<', { S: '\uFFFD' }, { S: '\u{1F600}' })).toBe(true);
    expect(condition('<', ['n'], { S: '9' })).toBe(false);
    expect(condition('between', ['n'], { N: '5' }, { N: '10' })).toBe(true);
    expect(condition('between', ['empty'], { S: '' }, { S: 'a' })).toBe(true);
  });

  it('treat a missing attribute as different from everything', () => {
    expect(condition('<>', ['none'], { S: 'a' })).toBe(true);
    expect(condition('=', ['none'], ['none'])).toBe(false);
    expect(condition('<', ['none'], { N: '1' })).toBe(false);
  });
});

describe('functions', () => {
  it('find parts of texts and binaries, and members of lists and sets', () => {
    expect(call('contains', ['text'], { S: 'éll' })).toBe(true);
    expect(call('contains', ['binary'], { B: 'AQI=' })).toBe(true);
    expect(call('contains', ['list'], { M: { a: { N: '1' } } })).toBe(true);
    expect(call('contains', ['set'], { S: 'a' })).toBe(true);
    expect(call('contains', ['numbers'], { N: '2' })).toBe(true);
    expect(call('contains', ['numbers'], { S: '2' })).toBe(false);
    expect(call('begins_with', ['binary'], { B: 'AAE=' })).toBe(true);
    expect(call('begins_with', ['n'], { N: '5' })).toBe(false);
  });

  it('know the type, the size and the existence of a value', () => {
    expect(call('attribute_type', ['map'], { S: 'M' })).toBe(true);
    expect(call('attribute_exists', ['no'])).toBe(true);
    expect(call('attribute_not_exists', ['constructor'])).toBe(true);
    const size = (name: string) => ({ type: 'function', name: 'size', args: [[name]] });
    expect(condition('=', size('text'), { N: '5' })).toBe(true);
    expect(condition('=', size('empty'), { N: '0' })).toBe(true);
    expect(condition('=', size('map'), { N: '2' })).toBe(true);
    expect(condition('>=', size('n'), { N: '0' })).toBe(false);
  });
});

describe('conditions without expressions', () => {
  const legacy = (ScanFilter: object, ConditionalOperator?: string) =>
    meets('scanFilter', { ScanFilter, ConditionalOperator }, item);
  const equals = (value: object) => ({ ComparisonOperator: 'EQ', AttributeValueList: [value] });

  it('are combined with AND by default, or with OR', () => {
    const filter = { n: equals({ N: '6' }), text: equals(item.text) };
    expect(legacy(filter)).toBe(false);
    expect(legacy(filter, 'OR')).toBe(true);
  });

  it('have the operators of the time before expressions', () => {
    const one = (ComparisonOperator: string, ...AttributeValueList: object[]) =>
      legacy({ set: { ComparisonOperator, AttributeValueList } });
    expect(one('CONTAINS', { S: 'a' })).toBe(true);
    expect(one('NOT_CONTAINS', { S: 'a' })).toBe(false);
    expect(one('NOT_NULL')).toBe(true);
    expect(one('NULL')).toBe(false);
    const expected = (Expected: object) => meets('condition', { Expected }, item);
    expect(expected({ n: { Value: { N: '5' } }, none: { Exists: false } })).toBe(true);
    expect(expected({ n: { Exists: false } })).toBe(false);
  });
});
