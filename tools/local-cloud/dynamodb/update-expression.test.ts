import { describe, expect, it } from 'vitest';
import { applyActions } from './update-expression.ts';

const N = (value: number) => ({ N: String(value) });
const S = (text: string) => ({ S: text });

describe('applyActions', () => {
  it('reads all values from the item before the update', () => {
    const actions = [
      { type: 'add', path: ['n'], val: N(5) },
      { type: 'set', path: ['copy'], val: ['n'] },
      { type: 'remove', path: ['old'] },
      { type: 'set', path: ['moved'], val: ['old'] },
    ] as const;
    expect(applyActions({ n: N(1), old: S('x') }, actions)).toEqual({
      n: N(6),
      copy: N(1),
      moved: S('x'),
    });
  });

  it('refers to the positions of a list before the update', () => {
    const list = { l: { L: [S('a'), S('b'), S('c')] } };
    const actions = [
      { type: 'remove', path: ['l', 0] },
      { type: 'set', path: ['l', 1], val: S('B') },
      { type: 'set', path: ['l', 9], val: S('last') },
    ] as const;
    expect(applyActions(list, actions)).toEqual({ l: { L: [S('B'), S('c'), S('last')] } });
    expect(applyActions(list, [{ type: 'remove', path: ['l', 7] }])).toEqual(list);
  });

  it('adds to sets and removes from them, and removes an empty set', () => {
    const item = { tags: { SS: ['a', 'b'] } };
    expect(applyActions(item, [{ type: 'add', path: ['tags'], val: { SS: ['b', 'c'] } }])).toEqual({
      tags: { SS: ['a', 'b', 'c'] },
    });
    const remove = (SS: string[]) => [{ type: 'delete', path: ['tags'], val: { SS } }] as const;
    expect(applyActions(item, remove(['a']))).toEqual({ tags: { SS: ['b'] } });
    expect(applyActions(item, remove(['a', 'b']))).toEqual({});
    expect(applyActions({}, remove(['a']))).toEqual({});
  });

  it('evaluates if_not_exists, list_append and arithmetic', () => {
    const call = (name: string, ...args: object[]) => ({ type: 'function', name, args });
    const actions = [
      { type: 'set', path: ['a'], val: call('if_not_exists', ['a'], N(0)) },
      {
        type: 'set',
        path: ['b'],
        val: { type: 'subtract', args: [call('if_not_exists', ['b'], N(10)), N(3)] },
      },
      { type: 'set', path: ['l'], val: call('list_append', ['l'], { L: [S('z')] }) },
    ] as never;
    expect(applyActions({ a: N(1), l: { L: [S('y')] } }, actions)).toEqual({
      a: N(1),
      b: N(7),
      l: { L: [S('y'), S('z')] },
    });
  });

  it('rejects missing parents, missing attributes and wrong types', () => {
    const set = (path: string[], val: object) => [{ type: 'set', path, val }] as never;
    expect(() => applyActions({}, set(['m', 'x'], N(1)))).toThrow('document path');
    expect(() => applyActions({}, set(['x'], ['y']))).toThrow('does not exist in the item');
    expect(() => applyActions({ x: S('a') }, [{ type: 'add', path: ['x'], val: N(1) }])).toThrow(
      'incorrect data type',
    );
  });

  it('leaves the given item as it is', () => {
    const before = { m: { M: { n: N(1) } } };
    applyActions(before, [{ type: 'add', path: ['m', 'n'], val: N(1) }]);
    expect(before).toEqual({ m: { M: { n: N(1) } } });
  });
});
