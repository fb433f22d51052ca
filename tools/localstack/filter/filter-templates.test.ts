import type { Template, TemplateResource } from '@triptych/local-cloud/templates';
import { describe, expect, it } from 'vitest';
import { filterTemplates } from './filter-templates.ts';

const queue: TemplateResource = { Type: 'AWS::SQS::Queue' };
const cluster: TemplateResource = { Type: 'AWS::ECS::Cluster' };
const using = (reference: unknown): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Environment: { Variables: { A: reference } } },
});

function filter(stacks: Record<string, Template>) {
  const { templates, ...rest } = filterTemplates(
    Object.entries(stacks).map(([name, template]) => ({ name, template })),
  );
  return {
    ...rest,
    kept: Object.fromEntries(templates.map(({ name, template }) => [name, template])),
  };
}

describe('a template for LocalStack', () => {
  it('keeps the types that the free edition has, and lists the others', () => {
    const { kept, leftOut, droppedStacks } = filter({ s: { Resources: { Q: queue, C: cluster } } });
    expect(kept.s?.Resources).toEqual({ Q: queue });
    expect(leftOut).toEqual([
      { stack: 's', logicalId: 'C', type: 'AWS::ECS::Cluster', because: 'type' },
    ]);
    expect(droppedStacks).toEqual([]);
  });

  it.each([
    ['Ref', { Ref: 'C' }],
    ['GetAtt with a list', { 'Fn::GetAtt': ['C', 'Arn'] }],
    ['GetAtt with a text', { 'Fn::GetAtt': 'C.Arn' }],
    ['Sub', { 'Fn::Sub': `arn:\${C.Arn}` }],
    [
      'a function in a function',
      { 'Fn::Join': ['', ['a', { 'Fn::Select': [0, [{ Ref: 'C' }]] }]] },
    ],
  ])('drops resources that refer to a dropped one by %s', (_how, reference) => {
    const { kept, leftOut } = filter({
      s: { Resources: { Q: queue, C: cluster, F: using(reference) } },
    });
    expect(Object.keys(kept.s?.Resources ?? {})).toEqual(['Q']);
    expect(leftOut.map(({ logicalId, because }) => [logicalId, because])).toEqual([
      ['C', 'type'],
      ['F', 'reference'],
    ]);
  });

  it('keeps a Sub string that only looks like a reference', () => {
    const F = using({ 'Fn::Sub': [`\${!C} and \${X}`, { X: 'C' }] });
    expect(filter({ s: { Resources: { C: cluster, F } } }).kept.s?.Resources).toEqual({ F });
  });

  it('drops chains of references in any order', () => {
    const resources = { A: using({ Ref: 'B' }), B: using({ Ref: 'C' }), C: cluster, Q: queue };
    expect(Object.keys(filter({ s: { Resources: resources } }).kept.s?.Resources ?? {})).toEqual([
      'Q',
    ]);
  });

  it('removes DependsOn entries of dropped resources', () => {
    const { kept } = filter({
      s: {
        Resources: {
          C: cluster,
          Q: { ...queue, DependsOn: ['C', 'F'] },
          F: { ...using(1), DependsOn: 'C' },
        },
      },
    });
    expect(kept.s?.Resources).toEqual({ Q: { ...queue, DependsOn: ['F'] }, F: using(1) });
  });

  it('drops outputs that refer to dropped resources, and keeps the others with their exports', () => {
    const Outputs = {
      Url: { Value: { Ref: 'Q' }, Export: { Name: 's:Url' } },
      Cluster: { Value: { Ref: 'C' }, Export: { Name: 's:Cluster' } },
    };
    expect(filter({ s: { Resources: { Q: queue, C: cluster }, Outputs } }).kept.s?.Outputs).toEqual(
      {
        Url: Outputs.Url,
      },
    );
  });
});

describe('stacks for LocalStack', () => {
  const front: Template = {
    Resources: { C: cluster, Q: queue },
    Outputs: {
      Cluster: { Value: { Ref: 'C' }, Export: { Name: 'front:C' } },
      Queue: { Value: { Ref: 'Q' }, Export: { Name: 'front:Q' } },
    },
  };

  it('drop resources that import from a dropped one', () => {
    const user = {
      Resources: {
        A: using({ 'Fn::ImportValue': 'front:C' }),
        B: using({ 'Fn::ImportValue': 'front:Q' }),
      },
    };
    expect(Object.keys(filter({ user, front }).kept.user?.Resources ?? {})).toEqual(['B']);
  });

  it('are dropped with their importers if only roles, log groups and the like remain', () => {
    const services = {
      Resources: {
        C: cluster,
        Role: { Type: 'AWS::IAM::Role' },
        Logs: { Type: 'AWS::Logs::LogGroup' },
      },
      Outputs: { Logs: { Value: { Ref: 'Logs' }, Export: { Name: 'services:Logs' } } },
    };
    const reader = { Resources: { F: using({ 'Fn::ImportValue': 'services:Logs' }), Q: queue } };
    const { kept, droppedStacks } = filter({ reader, services });
    expect(droppedStacks).toEqual(['services']);
    expect(Object.keys(kept.reader?.Resources ?? {})).toEqual(['Q']);
  });
});
