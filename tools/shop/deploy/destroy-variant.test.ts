import { describe, expect, it } from 'vitest';
import { deleteStacks, findDoomed, listLeftovers, protectedTables } from './destroy-variant.ts';
import { FakeNotes, FakeStacks } from './testing/fake-stacks.ts';
import { SERVERLESS, template } from './testing/templates.ts';

const owner = { variant: 'serverless' } as const;
const atOnce = { pollMs: 0, polls: 20 };

function shop() {
  const stacks = new FakeStacks()
    .add('shop-state', template({ exports: ['bus'], bucket: true }), SERVERLESS)
    .add('shop-auth', template({ imports: ['bus', 'api'] }), SERVERLESS)
    .add('shop-front', template({ exports: ['api'] }), SERVERLESS)
    .add('other', template({ bucket: true }), { 'triptych:variant': 'hybrid' })
    .add('trial', template({}), { ...SERVERLESS, 'triptych:stage': 'trial' })
    .add('someone-elses', template({ bucket: true }));
  const notes = new FakeNotes();
  const printed: string[] = [];
  const print = (line: string) => printed.push(line);
  const context = { stacks, notes, print, patience: atOnce, tagPatience: { pollMs: 0, polls: 2 } };
  return { stacks, notes, printed, context };
}

describe('a destruction', () => {
  it('deletes users before what they use, with filled buckets, and nothing of anyone else', async () => {
    const { stacks, notes, printed, context } = shop();
    stacks.buckets.set('shop-state-Thing', ['a', 'b']);
    stacks.buckets.set('someone-elses-Thing', ['mine']);
    notes.texts.set('/triptych/shop-auth/artifacts', '[]').set('/triptych/trial/artifacts', '[]');
    expect(await deleteStacks(await findDoomed(stacks, owner), context)).toEqual([]);
    expect(stacks.gone[0]).toBe('shop-auth');
    expect([...stacks.stacks.keys()]).toEqual(['other', 'trial', 'someone-elses']);
    expect(stacks.buckets.get('someone-elses-Thing')).toEqual(['mine']);
    expect([...notes.texts.keys()]).toEqual(['/triptych/trial/artifacts']);
    expect(printed.join('\n')).toContain('emptied shop-state-Thing (2 objects and versions)');
    expect((await listLeftovers(owner, context)).left).toEqual([]);
  });

  it('knows which tables cannot be deleted', async () => {
    const { stacks } = shop();
    expect(protectedTables(await findDoomed(stacks, owner))).toEqual([]);
    const table = (isProtected: boolean) => ({
      Type: 'AWS::DynamoDB::Table',
      Properties: isProtected ? { DeletionProtectionEnabled: true } : {},
    });
    const Resources = { Orders: table(true), Limits: table(false) };
    stacks.add('shop-orders', { ...template({}), Resources }, SERVERLESS);
    expect(protectedTables(await findDoomed(stacks, owner))).toEqual(['shop-orders/Orders']);
  });

  it('deletes one stage only', async () => {
    const { stacks, context } = shop();
    const trial = { variant: 'serverless', stage: 'trial' } as const;
    await deleteStacks(await findDoomed(stacks, trial), context);
    expect(stacks.gone).toEqual(['trial']);
  });

  it('leaves what a failed stack uses, says why, and finishes in a second run', async () => {
    const { stacks, printed, context } = shop();
    stacks.failing.set('shop-auth', 'resource has a dependent object');
    const failures = await deleteStacks(await findDoomed(stacks, owner), context);
    expect(failures).toMatchObject([
      { stack: 'shop-auth', reason: 'resource has a dependent object' },
    ]);
    expect(stacks.gone).toEqual([]);
    expect(printed.join('\n')).toContain(
      'shop-state stays, because shop-auth still imports from it',
    );
    expect((await listLeftovers(owner, context)).left).toHaveLength(3);

    stacks.failing.clear();
    expect(await deleteStacks(await findDoomed(stacks, owner), context)).toEqual([]);
    expect(stacks.gone).toHaveLength(3);
  });

  it('empties a bucket again that a service fills meanwhile', async () => {
    const { stacks, context } = shop();
    const empty = stacks.emptyBucket.bind(stacks);
    let fills = 0;
    stacks.emptyBucket = async (bucket) => {
      const count = await empty(bucket);
      if (bucket === 'shop-state-Thing' && fills++ === 0) stacks.buckets.set(bucket, ['late']);
      return count;
    };
    expect(await deleteStacks(await findDoomed(stacks, owner), context)).toEqual([]);
    expect(stacks.gone).toContain('shop-state');
  });

  it('lists what the stacks left behind, apart from what CloudFormation has deleted', async () => {
    const { stacks, context } = shop();
    const state = 'triptych-serverless-state';
    const kept = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain' };
    const Resources = { Queue: { Type: 'AWS::SQS::Queue' }, Kept: kept };
    stacks.add(state, { Resources }, SERVERLESS);
    stacks.tagless.set(`arn:aws:sqs:eu-west-1:1:${state}-Queue`, SERVERLESS);
    stacks.tagless.set(`arn:aws:dynamodb:eu-west-1:1:table/${state}-Kept`, SERVERLESS);
    stacks.tagless.set('arn:aws:logs:group', SERVERLESS);
    stacks.tagless.set('arn:aws:logs:trial', { ...SERVERLESS, 'triptych:stage': 'trial' });
    await deleteStacks(await findDoomed(stacks, owner), context);
    const expected = {
      left: [`arn:aws:dynamodb:eu-west-1:1:table/${state}-Kept`, 'arn:aws:logs:group'],
      stale: [`arn:aws:sqs:eu-west-1:1:${state}-Queue`],
    };
    expect(await listLeftovers(owner, context)).toEqual(expected);
    // The second run has nothing to delete, and lists the same.
    expect(await findDoomed(stacks, owner)).toEqual([]);
    expect(await listLeftovers(owner, context)).toEqual(expected);
  });
});
