import { VARIANTS } from '@triptych/context-map';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { OWN_KEY_COSTS } from './constructs/acknowledge.ts';
import { statementsOf } from './testing/assembly.ts';
import { synthesize } from './testing/templates.ts';

const { app, ofType, resources, templates } = await synthesize({ TRIPTYCH_ENCRYPTION_KEY: 'own' });
const keys = ofType('AWS::KMS::Key');

/** Where each kind of resource names its key. */
const KEY_OF: Readonly<Record<string, (properties: Record<string, never>) => unknown>> = {
  'AWS::DynamoDB::Table': ({ SSESpecification }) => SSESpecification,
  'AWS::S3::Bucket': ({ BucketEncryption }) => BucketEncryption,
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
};

describe('a key of our own', () => {
  it('is missing by default', async () => {
    const made = await synthesize();
    expect(made.ofType('AWS::KMS::Key')).toEqual([]);
    expect(JSON.stringify(made.templates)).not.toMatch(/"kms:/);
  });

  it('is one per variant, and rotates', () => {
    expect(keys.map(({ stack }) => stack).toSorted()).toEqual(
      VARIANTS.map((variant) => `triptych-${variant}-state`).toSorted(),
    );
    for (const { properties } of keys) expect(properties.EnableKeyRotation).toBe(true);
  });

  it.each(Object.entries(KEY_OF))('encrypts every %s', (type, keyOf) => {
    const found = ofType(type);
    expect(found).not.toEqual([]);
    for (const { stack, id, properties } of found) {
      const [, variant] = stack.split('-');
      const own = keys.find((key) => key.stack === `triptych-${variant}-state`)?.id;
      const name = JSON.stringify(keyOf(properties as Record<string, never>) ?? '');
      expect(name, `${stack}/${id}`).toContain(own);
    }
  });

  it('leaves no reason for keys of AWS, except for the variables of functions', () => {
    const skipped = resources.filter(({ metadata }) =>
      JSON.stringify(metadata.checkov ?? '').includes(OWN_KEY_COSTS),
    );
    expect(new Set(skipped.map(({ type }) => type))).toEqual(new Set(['AWS::Lambda::Function']));
    expect(JSON.stringify(templates)).not.toContain('SqsManagedSseEnabled');
  });

  it('is usable by exactly the roles that use what is encrypted', () => {
    const uses = /^(dynamodb:(Get|Put|Update)Item|sqs:ReceiveMessage|s3:(Get|Put)Object)$/;
    const roles = new Map<string, string[]>();
    for (const { stack, id, properties } of ofType('AWS::IAM::Policy')) {
      const actions = properties.PolicyDocument.Statement.flatMap(
        ({ Action }: { Action: string | string[] }) => Action,
      );
      roles.set(`${stack}/${id}`, actions);
    }
    for (const [name, actions] of roles) {
      const needsKey = actions.some((action) => uses.test(action));
      const readsSecrets = actions.includes('secretsmanager:GetSecretValue');
      expect(actions.includes('kms:Decrypt'), name).toBe(needsKey || readsSecrets);
      const writes = actions.some((action) => /^(dynamodb:PutItem|s3:PutObject)$/.test(action));
      if (writes) expect(actions, name).toContain('kms:GenerateDataKey');
    }
    for (const { actions, resources: on } of statementsOf(resources)) {
      if (actions.some((action) => action.startsWith('kms:'))) expect(on).not.toContain('*');
    }
  });

  it('admits the services that use it on their own, each with a condition', () => {
    const [key] = keys;
    const statements = key?.properties.KeyPolicy.Statement.slice(1);
    const services = statements.map(
      ({ Principal }: { Principal: { Service: unknown } }) => Principal.Service,
    );
    expect(services).toEqual([
      ['cloudwatch.amazonaws.com', 'events.amazonaws.com'],
      { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
      'cloudfront.amazonaws.com',
    ]);
    for (const { Condition } of statements) expect(Condition).toBeDefined();
  });

  it('passes cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});
