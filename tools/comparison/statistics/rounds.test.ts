import { describe, expect, it } from 'vitest';
import { interleave, orderOf } from './rounds.ts';

describe('interleaving', () => {
  it('measures each subject once per round and keeps the samples in order', async () => {
    const calls: string[] = [];
    const subject = (name: string) => async () => `${name}${calls.push(name)}`;
    const samples = await interleave({ a: subject('a'), b: subject('b') }, 3);
    expect(calls).toEqual(['a', 'b', 'b', 'a', 'b', 'a']);
    expect(samples).toEqual({ a: ['a1', 'a4', 'a6'], b: ['b2', 'b3', 'b5'] });
  });

  it.each([
    [
      ['a', 'b'],
      ['ab', 'ba', 'ba', 'ab'],
    ],
    [
      ['a', 'b', 'c'],
      ['abc', 'cba', 'bca', 'acb', 'cab', 'bac'],
    ],
  ])('rotates the positions of %j', (names, orders) => {
    expect(orders.map((_, round) => orderOf(names, round).join(''))).toEqual(orders);
  });

  it('fails when a measurement fails', async () => {
    const broken = async () => Promise.reject(new Error('gone'));
    await expect(interleave({ broken }, 1)).rejects.toThrow('gone');
  });
});
