import { CONTEXT_NAMES, VARIANTS } from '@triptych/context-map';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { readSettings } from './settings.ts';
import { statementsOf } from './testing/assembly.ts';
import { synthesize } from './testing/templates.ts';

const { app, stacks, templates, resources, ofType } = await synthesize({}, { validated: true });
const queues = ofType('AWS::SQS::Queue');
const name = ({ stack, id }: { stack: string; id: string }) => `${stack}/${id}`;

describe('stacks', () => {
  it.each(VARIANTS)('of %s are state, front, operations and one per service', (variant) => {
    const parts = [...CONTEXT_NAMES, 'front', 'operations', 'provider', 'state'].toSorted();
    expect(Object.keys(templates).filter((stack) => stack.includes(variant))).toEqual(
      parts.map((part) => `triptych-${variant}-${part}`),
    );
  });

  it('have the tags that destroy searches for', () => {
    for (const stack of stacks) {
      const [, variant, part] = /^triptych-([a-z]+)-(.+)$/.exec(stack.stackName) ?? [];
      const hasCode = part === 'provider' || CONTEXT_NAMES.some((name) => name === part);
      expect(stack.tags).toEqual({
        'triptych:variant': variant,
        'triptych:stage': 'default',
        'triptych:service': part,
        'triptych:version': expect.stringMatching(
          hasCode ? /^\d+\.\d+\.\d+\+[0-9a-f]{12}$/ : /^\d+\.\d+\.\d+$/,
        ),
      });
    }
  });

  it('depend only on earlier stacks of the same variant', () => {
    const seen = new Set<string>();
    for (const stack of stacks) {
      const [, variant = ''] = stack.stackName.split('-');
      for (const { id } of stack.dependencies) {
        if (id.endsWith('.assets')) continue;
        expect(id).toContain(variant);
        expect(seen, `${stack.stackName} comes before ${id}`).toContain(id);
      }
      seen.add(stack.stackName);
    }
  });

  it('contain no custom resource and no function of the CDK', () => {
    expect(resources.filter(({ type }) => /Custom|CDK::/.test(type)).map(name)).toEqual([]);
    const unnamed = ofType('AWS::Lambda::Function').filter((f) => !f.metadata['triptych:artifact']);
    expect(unnamed.map(name)).toEqual([]);
  });

  it('pass cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(found).toEqual([]);
  });

  it('would fail cdk-nag with the CDK defaults', () => {
    const defaults = new App();
    new Bucket(new Stack(defaults, 'Defaults'), 'Bucket');
    const { violations } = new AwsSolutionsChecks(defaults).validateScope(defaults);
    expect(violations.map(({ ruleName }) => ruleName)).toContain('AwsSolutions-S10');
  });

  it('are rejected when their artifacts are not built', async () => {
    const settings = await readSettings({ TRIPTYCH_VARIANTS: 'serverless' }, '/nowhere');
    const named = `npm run build(.*\\n){${CONTEXT_NAMES.length + 1}}.*simulator$`;
    expect(() => createApp(settings, '/nowhere/out')).toThrow(new RegExp(named));
  });

  it('give a reason for every accepted finding', () => {
    const accepted = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.entries<string>(data));
    expect(accepted.length).toBeGreaterThan(0);
    for (const [rule, reason] of accepted) {
      expect(reason.length, rule).toBeGreaterThan(20);
    }
  });

  it('give checkov a reason for every check that it skips', () => {
    type Checkov = { readonly skip: readonly { readonly id: string; readonly comment: string }[] };
    const skipped = resources.flatMap(({ metadata }) => (metadata.checkov as Checkov)?.skip ?? []);
    expect(skipped.length).toBeGreaterThan(0);
    for (const { id, comment } of skipped) expect(comment.length, id).toBeGreaterThan(20);
  });
});

describe('permissions', () => {
  const statements = statementsOf(resources);

  it('never use a wildcard in an action', () => {
    expect(statements.filter(({ actions }) => actions.some((a) => a.includes('*')))).toEqual([]);
  });

  it('use a wildcard resource only after a key prefix, or where AWS has no resource', () => {
    const starred = statements.filter(({ resources }) => JSON.stringify(resources).includes('*'));
    for (const { actions, resources } of starred) {
      if (resources.includes('*')) {
        expect(['ecr:GetAuthorizationToken', 'dynamodb:ListStreams']).toEqual(
          expect.arrayContaining(actions),
        );
      } else {
        expect(JSON.stringify(resources)).toMatch(/"\/(uploads|originals|renditions)\/\*"/);
      }
    }
  });

  it('use no managed policies', () => {
    for (const { properties } of ofType('AWS::IAM::Role')) {
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  it('let only the worker publish events and receive messages', () => {
    const of = (id: string) =>
      statementsOf(
        resources.filter((r) => r.stack === 'triptych-serverless-payments' && r.id.startsWith(id)),
      ).flatMap(({ actions }) => actions);
    expect(of('Worker')).toEqual(
      expect.arrayContaining(['events:PutEvents', 'sqs:ReceiveMessage']),
    );
    expect(of('Http').filter((action) => /^(events|sqs):/.test(action))).toEqual([]);
  });
});

describe('queues', () => {
  it('are encrypted, keep messages for 14 days and require TLS', () => {
    const policies = ofType('AWS::SQS::QueuePolicy');
    for (const queue of queues) {
      expect(queue.properties).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 14 * 24 * 3600,
      });
      const own = policies.find(
        ({ stack, properties }) => stack === queue.stack && properties.Queues[0].Ref === queue.id,
      );
      expect(JSON.stringify(own?.properties), name(queue)).toContain('aws:SecureTransport');
    }
  });

  it('each have a dead-letter queue with an alarm', () => {
    const alarms = JSON.stringify(ofType('AWS::CloudWatch::Alarm'));
    for (const queue of queues) {
      const dead = queue.properties.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0];
      if (queue.id.includes('DeadLetters')) expect(alarms).toContain(`"${queue.id}"`);
      else expect(dead, name(queue)).toContain('DeadLetters');
    }
  });

  it('deliver deadlines after 15 minutes, up to 1000 times', () => {
    const deadlines = queues.filter(({ id }) => /^DeadlineQueue(?!Dead)/.test(id));
    expect(deadlines).toHaveLength(3);
    for (const { properties } of deadlines) {
      expect(properties).toMatchObject({
        DelaySeconds: 900,
        RedrivePolicy: { maxReceiveCount: 1000 },
      });
    }
  });
});
