// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation's own placeholders.
import { describe, expect, it } from 'vitest';
import { resolve, type Scope } from './intrinsics.ts';

const scope: Scope = {
  ref: (name) => ({ Queue: 'http://queue', 'AWS::Region': 'us-east-1' })[name] ?? missing(name),
  getAtt: (id, attribute) => `${id}/${attribute}`,
  condition: (name) => name === 'IsTrue',
  findInMap: (...keys) => keys.join('+'),
  importValue: (name) => `imported ${name}`,
  availabilityZones: (region) => [`${region}a`, `${region}b`],
};

function missing(name: string): never {
  throw new Error(`no ${name}`);
}

const cases: [string, unknown, unknown][] = [
  ['Ref', { Ref: 'Queue' }, 'http://queue'],
  ['GetAtt as a list', { 'Fn::GetAtt': ['Api', 'Endpoint'] }, 'Api/Endpoint'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
  ['Join over nested functions', { 'Fn::Join': ['-', ['a', { Ref: 'Queue' }]] }, 'a-http://queue'],
  [
    'Sub with references, attributes, own values and literals',
    { 'Fn::Sub': ['${Queue} ${Api.Url} ${own} ${!kept}', { own: { Ref: 'AWS::Region' } }] },
    'http://queue Api/Url us-east-1 ${kept}',
  ],
  ['Select from GetAZs', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'us-east-1b'],
  ['Split', { 'Fn::Split': ['/', 'a/b'] }, ['a', 'b']],
  ['ImportValue', { 'Fn::ImportValue': 'state:Bus' }, 'imported state:Bus'],
  ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
  ['FindInMap', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 'M+a+b'],
  ['If, without the other branch', { 'Fn::If': ['IsTrue', 1, { Ref: 'Gone' }] }, 1],
  ['NoValue in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['NoValue in a list', [{ 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, 2], [2]],
  ['conditions', { 'Fn::And': [{ Condition: 'IsTrue' }, { 'Fn::Not': [false] }] }, true],
  ['Equals', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, true],
  [
    'Condition of an IAM statement',
    { Condition: { Bool: { a: true } } },
    { Condition: { Bool: { a: true } } },
  ],
];

describe('resolve', () => {
  it.each(cases)('resolves %s', (_, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('rejects an unsupported function by name', () => {
    expect(() => resolve({ 'Fn::Cidr': [] }, scope)).toThrow('Fn::Cidr is not supported');
  });
});
