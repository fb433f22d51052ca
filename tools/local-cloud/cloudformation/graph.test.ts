// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are CloudFormation's own placeholders.
import { describe, expect, it } from 'vitest';
import { inOrder, runGraph } from './graph.ts';
import { resourcesNeeded } from './references.ts';

function graphOf(edges: Record<string, string[]>) {
  return new Map(Object.entries(edges).map(([node, needs]) => [node, new Set(needs)]));
}

describe('inOrder', () => {
  it('puts dependencies first and otherwise keeps the order', () => {
    expect(inOrder(graphOf({ a: ['c'], b: [], c: [], d: ['a', 'elsewhere'] }))).toEqual([
      'c',
      'a',
      'b',
      'd',
    ]);
  });

  it('rejects a cycle and lists its nodes', () => {
    expect(() => inOrder(graphOf({ a: ['b'], b: ['c'], c: ['b'] }))).toThrow('b → c → b');
  });
});

describe('runGraph', () => {
  it('runs independent work in parallel and dependent work after it', async () => {
    const log: string[] = [];
    const release: Record<string, () => void> = {};
    const running = runGraph(graphOf({ a: [], b: [], c: ['a', 'b'] }), async (node) => {
      log.push(node);
      if (node !== 'c') await new Promise<void>((resolve) => (release[node] = resolve));
    });
    await Promise.resolve();
    expect(log).toEqual(['a', 'b']);
    release.a?.();
    release.b?.();
    await running.get('c');
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('fails only the dependents of a failed node, with the same error', async () => {
    const done: string[] = [];
    const running = runGraph(graphOf({ a: [], b: ['a'], c: [] }), async (node) => {
      if (node === 'a') throw new Error('a is broken');
      done.push(node);
    });
    await expect(running.get('b')).rejects.toThrow('a is broken');
    await running.get('c');
    expect(done).toEqual(['c']);
  });
});

describe('resourcesNeeded', () => {
  it('finds references in every form, and DependsOn', () => {
    const needed = resourcesNeeded({
      Type: 'AWS::X',
      DependsOn: 'Explicit',
      Properties: {
        a: { Ref: 'ByRef' },
        b: [{ 'Fn::GetAtt': ['ByAttribute', 'Arn'] }, { 'Fn::GetAtt': 'ByText.Arn' }],
        c: { 'Fn::Sub': '${InSub} ${AttributeInSub.Arn} ${!Literal}' },
        d: { 'Fn::Sub': ['${own}', { own: { Ref: 'InValues' } }] },
      },
    });
    expect([...needed].sort()).toEqual([
      'AttributeInSub',
      'ByAttribute',
      'ByRef',
      'ByText',
      'Explicit',
      'InSub',
      'InValues',
    ]);
  });
});
