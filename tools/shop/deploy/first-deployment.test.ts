import { expect, it } from 'vitest';
import { isUnfinished, markFinished, markUnfinished } from './first-deployment.ts';
import { FakeNotes, FakeStacks } from './testing/fake-stacks.ts';
import { SERVERLESS, template } from './testing/templates.ts';

const stacks = await new FakeStacks()
  .add('shop-state', template({}), { ...SERVERLESS, 'triptych:service': 'state' })
  .add('shop-auth', template({}), { ...SERVERLESS, 'triptych:service': 'auth' })
  .list();

it('is unfinished from its failure until a deployment has succeeded', async () => {
  const notes = new FakeNotes();
  expect(await isUnfinished(notes, stacks)).toBe(false);
  await markUnfinished(notes, stacks);
  expect(await isUnfinished(notes, stacks)).toBe(true);
  // In the folder that a destruction deletes with the stack.
  expect(await notes.list('/triptych/shop-state')).toHaveLength(1);
  await markFinished(notes, stacks);
  expect(await isUnfinished(notes, stacks)).toBe(false);
});

it('is the first one again if it failed before there was data', async () => {
  const notes = new FakeNotes();
  const others = stacks.filter(({ name }) => name !== 'shop-state');
  await markUnfinished(notes, others);
  expect(await notes.list('/triptych')).toEqual([]);
  expect(await isUnfinished(notes, others)).toBe(false);
});
