import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::originals'],
  detail: {
    bucket: { name: 'originals' },
    object: { key: 'uploads/a.PNG', size: 120 },
    lines: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 2 },
    ],
    nested: [[{ id: 1 }], [{ id: 2 }]],
    empty: null,
    none: [],
    address: '10.0.0.200',
    address6: '2001:0db8:0:0::1',
    'dotted.name': { inner: true },
    star: 'a*b\\c',
    blank: '',
  },
};

const matching: [string, object][] = [
  ['one of several exact values', { source: ['aws.sqs', 'aws.s3'] }],
  ['an element of a list', { resources: ['arn:aws:s3:::originals'] }],
  ['all nested fields', { detail: { bucket: { name: ['originals'] }, empty: [null] } }],
  ['a prefix', { detail: { object: { key: [{ prefix: 'uploads/' }] } } }],
  ['a suffix', { detail: { object: { key: [{ suffix: '.PNG' }] } } }],
  [
    'a suffix, ignoring case',
    { detail: { object: { key: [{ suffix: { 'equals-ignore-case': '.png' } }] } } },
  ],
  ['a text, ignoring case', { source: [{ 'equals-ignore-case': 'AWS.S3' }] }],
  ['a wildcard', { detail: { object: { key: [{ wildcard: 'up*/*.PNG' }] } } }],
  ['anything but a list', { source: [{ 'anything-but': ['aws.sqs', 'aws.events'] }] }],
  ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'triptych.' } }] }],
  ['a range of numbers', { detail: { object: { size: [{ numeric: ['>', 100, '<=', 120] }] } } }],
  ['a field that exists', { detail: { bucket: { name: [{ exists: true }] } } }],
  ['a field that does not exist', { detail: { reason: [{ exists: false }] } }],
  ['one object of a list', { detail: { lines: { sku: ['b'] } } }],
  ['fields of the same object of a list', { detail: { lines: { sku: ['b'], count: [2] } } }],
  ['an object in a list of lists', { detail: { nested: { id: [2] } } }],
  ['a dot in the pattern as a step down', { 'detail.bucket': { name: ['originals'] } }],
  ['a dot in the last field', { detail: { 'bucket.name': ['originals'] } }],
  ['a dot in the event as a step down', { detail: { dotted: { name: { inner: [true] } } } }],
  [
    'the last of two equal paths',
    { detail: { bucket: { name: ['x'] }, 'bucket.name': ['originals'] } },
  ],
  ['null as an existing value', { detail: { empty: [{ exists: true }] } }],
  ['the absence of a value where there is an object', { detail: { bucket: [{ exists: false }] } }],
  [
    'the absence of a value where there is an empty list',
    { detail: { none: [{ exists: false }] } },
  ],
  ['one value or absence', { detail: { reason: ['x', { exists: false }] } }],
  ['a star by its escape', { detail: { star: [{ wildcard: 'a\\*b\\\\*' }] } }],
  ['several wildcards in order', { detail: { object: { key: [{ wildcard: '*lo*s/*.P*G' }] } } }],
  ['an empty prefix', { source: [{ prefix: '' }] }],
  ['an empty suffix', { source: [{ suffix: '' }] }],
  ['an empty text', { detail: { blank: [{ 'equals-ignore-case': '' }] } }],
  ['a prefix, ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }],
  ['an address in a range', { detail: { address: [{ cidr: '10.0.0.128/25' }] } }],
  ['an IPv6 address in a range', { detail: { address6: [{ cidr: '2001:db8::/64' }] } }],
  ['another notation of an address', { detail: { address6: ['2001:db8::1'] } }],
  ['anything but a list of prefixes', { source: [{ 'anything-but': { prefix: ['x', 'y'] } }] }],
  ['anything but a list of suffixes', { source: [{ 'anything-but': { suffix: ['.x', '.y'] } }] }],
  ['anything but a wildcard', { source: [{ 'anything-but': { wildcard: '*sqs*' } }] }],
  ['anything but a text, when null', { detail: { empty: [{ 'anything-but': 'x' }] } }],
  ['anything but a number', { detail: { object: { size: [{ 'anything-but': [1, 2] }] } } }],
  [
    'one element of a list that is anything but a value',
    { detail: { lines: { sku: [{ 'anything-but': 'a' }] } } },
  ],
  [
    'one branch of $or and the fields around it',
    { source: ['aws.s3'], detail: { $or: [{ blank: ['x'] }, { empty: [null] }] } },
  ],
  [
    'one branch of $or inside $or',
    { $or: [{ source: ['x'] }, { $or: [{ source: ['y'] }, { source: ['aws.s3'] }] }] },
  ],
  ['one branch of $or', { $or: [{ source: ['x'] }, { 'detail-type': ['Object Created'] }] }],
];

const differing: [string, object][] = [
  ['another value', { source: ['aws.sqs'] }],
  ['only one of two fields', { source: ['aws.s3'], 'detail-type': ['Object Deleted'] }],
  ['another prefix', { detail: { object: { key: [{ prefix: 'originals/' }] } } }],
  ['anything but its own value', { source: [{ 'anything-but': 'aws.s3' }] }],
  ['anything but a value, when absent', { detail: { reason: [{ 'anything-but': 'x' }] } }],
  ['a number outside the range', { detail: { object: { size: [{ numeric: ['=', 1] }] } } }],
  ['a number as text', { detail: { object: { size: ['120'] } } }],
  ['fields of different objects of a list', { detail: { lines: { sku: ['a'], count: [2] } } }],
  ['the existence of an object', { detail: { bucket: [{ exists: true }] } }],
  ['the existence of an empty list', { detail: { none: [{ exists: true }] } }],
  ['the absence of null', { detail: { empty: [{ exists: false }] } }],
  ['null where there is an empty list', { detail: { none: [null] } }],
  ['the text null where there is null', { detail: { empty: ['null'] } }],
  ['a dot as a step into a longer name', { detail: { 'bucket.name': { name: ['originals'] } } }],
  ['an escaped star as a wildcard', { source: [{ wildcard: 'aws\\*' }] }],
  ['a wildcard that uses a character twice', { source: [{ wildcard: 'aws.s3*3' }] }],
  ['an empty wildcard', { source: [{ wildcard: '' }] }],
  ['an address outside a range', { detail: { address: [{ cidr: '10.0.0.0/25' }] } }],
  ['a text that is not an address', { source: [{ cidr: '10.0.0.0/8' }] }],
  ['anything but one of its prefixes', { source: [{ 'anything-but': { prefix: ['x', 'aws.'] } }] }],
  [
    'anything but its text in another case',
    { source: [{ 'anything-but': { 'equals-ignore-case': ['AWS.S3'] } }] },
  ],
  ['anything but its wildcard', { source: [{ 'anything-but': { wildcard: ['x*', 'aws*'] } }] }],
  [
    'a field around $or',
    {
      source: ['x'],
      $or: [{ 'detail-type': ['Object Created'] }, { source: ['aws.s3'] }],
      resources: ['x'],
    },
  ],
  ['no branch of $or', { detail: { $or: [{ blank: ['x'] }, { empty: ['x'] }] } }],
  ['numeric on a text', { detail: { address: [{ numeric: ['>', 0] }] } }],
  ['a nested field of an absent field', { detail: { none: { name: ['x'] } } }],
];

const malformed: [string, unknown][] = [
  ['an empty pattern', {}],
  ['an empty nested pattern', { detail: {} }],
  ['a pattern that is a list', []],
  ['a list in a list', { source: [['a']] }],
  ['a value outside a list', { source: 'aws.s3' }],
  ['an empty list', { source: [] }],
  ['an unknown operator', { source: [{ EXISTS: true }] }],
  ['an operator without a name', { source: [{}] }],
  ['two stars in a row', { source: [{ wildcard: 'a**b' }] }],
  ['another escape', { source: [{ wildcard: 'a\\b' }] }],
  ['two stars in a row that are negated', { source: [{ 'anything-but': { wildcard: '**' } }] }],
  ['too many wildcards', { source: [{ wildcard: '*:*:*:*:*:event-bus/*' }] }],
  ['a list of texts to equal', { source: [{ 'equals-ignore-case': ['a'] }] }],
  ['a list of prefixes', { source: [{ prefix: ['a'] }] }],
  ['a number as a prefix', { source: [{ prefix: 1 }] }],
  ['anything but null', { source: [{ 'anything-but': null }] }],
  ['anything but a mixed list', { source: [{ 'anything-but': ['a', 1] }] }],
  ['anything but an empty list', { source: [{ 'anything-but': [] }] }],
  ['anything but an empty prefix', { source: [{ 'anything-but': { prefix: '' } }] }],
  [
    'anything but a prefix, ignoring case',
    { source: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }] },
  ],
  ['anything but a range of numbers', { source: [{ 'anything-but': { numeric: ['=', 1] } }] }],
  ['a range without bits', { source: [{ cidr: '10.0.0.0' }] }],
  ['a range of one address', { source: [{ cidr: '10.0.0.0/32' }] }],
  ['a range of no address', { source: [{ cidr: 'xx.11.xx/8' }] }],
  ['an upper bound before a lower one', { detail: { size: [{ numeric: ['<', 5, '>', 0] }] } }],
  ['an empty range', { detail: { size: [{ numeric: ['>', 5, '<', 5] }] } }],
  ['three comparisons', { detail: { size: [{ numeric: ['>', 0, '<', 5, '<', 9] }] } }],
  ['a number that is too large to compare', { detail: { size: [{ numeric: ['>', 5e9 + 1] }] } }],
  ['$or with one branch', { $or: [{ source: ['a'] }] }],
  ['$or with a text', { $or: ['a', 'b'] }],
  ['$or with an operator as a field', { $or: [{ prefix: ['a'] }, { source: ['a'] }] }],
  ['$or outside a list', { $or: { source: ['a'] } }],
  ['a pattern of more than 4,096 characters', { source: ['a'.repeat(4096)] }],
  ['two operators at once', { source: [{ prefix: 'a', suffix: 'b' }] }],
  ['an incomplete comparison', { detail: { size: [{ numeric: ['>'] }] } }],
];

describe('compilePattern', () => {
  it.each(matching)('matches %s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(true);
  });

  it.each(differing)('does not match %s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(false);
  });

  it.each(malformed)('rejects %s', (_, pattern) => {
    expect(() => compilePattern(pattern)).toThrow('Event pattern is not valid');
  });
});
