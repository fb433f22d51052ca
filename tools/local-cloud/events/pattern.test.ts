import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::originals'],
  detail: {
    bucket: { name: 'originals' },
    object: { key: 'uploads/a.PNG', size: 120 },
    lines: [{ sku: 'a' }, { sku: 'b' }],
    empty: null,
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
  ['a nested field of an absent field', { detail: { none: { name: ['x'] } } }],
];

const malformed: [string, unknown][] = [
  ['an empty pattern', {}],
  ['a value outside a list', { source: 'aws.s3' }],
  ['an empty list', { source: [] }],
  ['an unknown operator', { source: [{ cidr: '10.0.0.0/8' }] }],
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
