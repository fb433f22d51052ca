import { expect, test } from 'vitest';
import { type Variant, variants } from '../../apps/cli/variants.ts';
import { eventually } from '../conformance/support/eventually.ts';
import { branchesBeyond } from './support/branches.ts';
import { buyIn, outlineOf } from './support/traced-order.ts';

/** An order's story is over when its stock is committed and the provider's webhook has been taken. */
const ends = ['catalog catalog.commit-reservation', 'payments POST /payments/webhooks/stripe'];
const first: Variant = variants[0];

test('the difference of two outlines is told by the way to it', () => {
  const one = ['a', '  b', '    c', '  d'];
  expect(branchesBeyond(one, ['a', '  b', '  d'])).toEqual(['a › b › c']);
  expect(branchesBeyond(['a', '  b', '  b'], one)).toEqual(['a › b']);
  expect(branchesBeyond(one, one)).toEqual([]);
});

test('one order sets off the same tree of work in every variant', {
  timeout: 120_000,
}, async () => {
  const orders = new Map<Variant, string>();
  for (const variant of variants) orders.set(variant, await buyIn(variant));
  const ask = async () => {
    const outlines = variants.map((variant) => outlineOf(variant, orders.get(variant) ?? ''));
    return Object.fromEntries((await Promise.all(outlines)).map((o, i) => [variants[i], o]));
  };
  const complete = (outline: readonly string[] = []) =>
    ends.every((end) => outline.some((line) => line.trim() === end));
  const same = (outlines: Record<string, string[]>) =>
    variants.every((variant) => complete(outlines[variant])) && differing(outlines).length === 0;

  const outlines = await eventually(ask, same, 30_000).catch(ask);
  expect(differing(outlines)).toEqual([]);
  expect(outlines[first]).toEqual(expect.arrayContaining([expect.stringContaining(ends[0] ?? '')]));
});

/** `variant has beyond microservices: …`, a line per branch. */
function differing(outlines: Readonly<Record<string, readonly string[]>>): string[] {
  const model = outlines[first] ?? [];
  return variants.slice(1).flatMap((variant) => {
    const own = outlines[variant] ?? [];
    return [
      ...branchesBeyond(own, model).map((way) => `${variant} has beyond ${first}: ${way}`),
      ...branchesBeyond(model, own).map((way) => `${variant} lacks: ${way}`),
    ];
  });
}
