import { expect, test } from 'vitest';
import { type Variant, variants } from '../../apps/cli/variants.ts';
import { eventually } from '../conformance/support/eventually.ts';
import { branchesBeyond } from './support/branches.ts';
import { confirmationApart } from './support/confirmation.ts';
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

test('who confirms an order, answer or webhook, makes no difference', () => {
  const charge = ['a', '  charge'];
  const confirm = ['payments payments.confirm-order', '  publish'];
  const deeper = (lines: string[]) => lines.map((line) => `    ${line}`);
  const byAnswer = [...charge, ...deeper(confirm), '    webhook'];
  const byWebhook = [
    ...charge,
    ...deeper(confirm.slice(0, 1)),
    '    webhook',
    ...deeper(deeper(confirm)),
  ];
  expect(confirmationApart(byAnswer)).toEqual([...charge, '    webhook', ...confirm]);
  expect(confirmationApart(byWebhook)).toEqual([...charge, '    webhook', ...confirm]);
});

test('one order sets off the same tree of work in every variant', {
  timeout: 120_000,
}, async () => {
  const outlines = await outlinesOfOneOrder();
  expect(differing(outlines)).toEqual([]);
  for (const variant of variants) expect(missingEnds(outlines[variant])).toEqual([]);
});

/** Buys once in each variant and gives the outlines when they are complete, at the latest after 20 s. */
async function outlinesOfOneOrder(): Promise<Record<string, string[]>> {
  const orders = new Map<Variant, string>();
  for (const variant of variants) orders.set(variant, await buyIn(variant));
  const ask = async () => {
    const outlines = variants.map((variant) => outlineOf(variant, orders.get(variant) ?? ''));
    return Object.fromEntries(
      (await Promise.all(outlines)).map((o, i) => [variants[i], confirmationApart(o)]),
    );
  };
  const complete = (outlines: Record<string, string[]>) =>
    variants.every((variant) => missingEnds(outlines[variant]).length === 0);
  await eventually(ask, complete, 20_000).catch(() => {});
  // A span that ends last may come a moment after the one that a story ends with.
  return eventually(ask, (outlines) => differing(outlines).length === 0, 15_000).catch(ask);
}

function missingEnds(outline: readonly string[] = []): string[] {
  return ends.filter((end) => !outline.some((line) => line.trim() === end));
}

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
