import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { exceededQuotas } from './checks/quotas/check-quotas.ts';
import { ROOT } from './deployment.ts';
import { readSettings } from './settings.ts';
import { statementsOf } from './testing/assembly.ts';
import { synthesize } from './testing/templates.ts';

const WEB = { TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_HTTP: 'web-functions' };
const made = await synthesize(WEB);
const signed = await synthesize({ ...WEB, TRIPTYCH_WEB_ACCESS: 'iam' });

type Made = typeof made;

function one({ ofType }: Made, type: string, service: ContextName | 'web-front' | 'state') {
  const found = ofType(type).filter(({ stack }) => stack === `triptych-serverless-${service}`);
  expect(found).toHaveLength(1);
  return found[0]?.properties ?? {};
}
const variablesOf = (from: Made, service: ContextName) =>
  one(from, 'AWS::Lambda::WebFunctionRevision', service).ServiceConfig.EnvironmentVariables;

const events = await synthesize({ TRIPTYCH_VARIANTS: 'serverless' });

describe('a Web Function', () => {
  it.each(CONTEXT_NAMES)('of %s runs its own artifact from our bucket', (service) => {
    const [revision] = made
      .ofType('AWS::Lambda::WebFunctionRevision')
      .filter(({ stack }) => stack.endsWith(`-${service}`));
    expect(revision?.metadata['triptych:artifact']).toMatch(
      new RegExp(`apps/serverless-web/${service}$`),
    );
    const { S3Object } = revision?.properties.BuildConfig.CodeConfig ?? {};
    expect(S3Object.Key).toMatch(new RegExp(`^${service}/[0-9a-f]{64}\\.zip$`));
    expect(JSON.stringify(S3Object.Bucket)).toContain('triptych-serverless-code:');
    expect(revision?.properties.BuildConfig.RuntimeConfig).toEqual({ Runtime: 'nodejs24.x' });
  });

  it('keeps an earlier revision readable when its code changes', () => {
    const policies = made.ofType('AWS::S3::BucketPolicy');
    const ofCode = policies.find(({ id }) => id.startsWith('CodePolicy'));
    const statements = ofCode?.properties.PolicyDocument.Statement.filter(
      ({ Effect }: { Effect: string }) => Effect === 'Allow',
    );
    expect(statements).toHaveLength(1);
    const [own] = statements;
    expect(own.Action).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
    // No key, so the policy does not change with the code.
    expect(JSON.stringify(own.Resource)).toContain('"/*"');
    expect(JSON.stringify(own.Condition)).toContain(
      ':web-function/triptych-serverless-*/revision/*',
    );
    for (const { Resources } of Object.values(made.templates)) {
      for (const resource of Object.values(Resources)) {
        if (resource.Type !== 'AWS::Lambda::WebFunctionRevision') continue;
        expect(resource).toMatchObject({ UpdateReplacePolicy: 'Retain' });
      }
    }
  });

  it('is created without a function of the CDK, and replaces the function that answers requests', () => {
    expect(made.resources.filter(({ type }) => /^Custom|CDK::/.test(type))).toEqual([]);
    const functions = made.ofType('AWS::Lambda::Function').map(({ stack, id }) => `${stack}/${id}`);
    expect(functions.toSorted()).toEqual(
      [
        ...CONTEXT_NAMES.map((service) => `triptych-serverless-${service}/Worker`),
        'triptych-serverless-provider/Http',
        'triptych-serverless-provider/Worker',
      ].toSorted(),
    );
  });

  it('has the name of its function, not an ARN, in revision and endpoint', () => {
    for (const service of CONTEXT_NAMES) {
      const { FunctionName } = one(made, 'AWS::Lambda::WebFunction', service);
      expect(JSON.stringify(FunctionName)).toContain(`triptych-serverless-${service}-`);
      for (const part of ['Revision', 'Endpoint']) {
        const type = `AWS::Lambda::WebFunction${part}`;
        expect(one(made, type, service).FunctionName).toEqual(FunctionName);
      }
    }
  });

  it('is bounded in environments, requests a second and time', () => {
    for (const service of CONTEXT_NAMES) {
      expect(one(made, 'AWS::Lambda::WebFunctionEndpoint', service)).toMatchObject({
        EndpointName: 'prod',
        EndpointType: 'HomeRegion',
        AuthType: 'ApplicationManaged',
        ScalingConfig: { MaxEnvironments: 20 },
        ThrottleConfig: { RateLimit: 1000 },
      });
    }
    const { ServiceConfig } = one(made, 'AWS::Lambda::WebFunctionRevision', 'images');
    expect(ServiceConfig).toMatchObject({ TimeoutSeconds: 29, MaxConcurrencyPerEnvironment: 8 });
  });

  it('has log groups that end, also the one that Lambda keeps beside it', () => {
    const groups = made
      .ofType('AWS::Logs::LogGroup')
      .filter(({ id }) => id.startsWith('Web'))
      .map(({ stack, properties }) => [
        stack,
        JSON.stringify(properties.LogGroupName).includes('.local'),
        properties.RetentionInDays,
      ]);
    expect(groups.toSorted()).toEqual(
      CONTEXT_NAMES.flatMap((service) =>
        [false, true].map((local) => [`triptych-serverless-${service}`, local, 14]),
      ).toSorted(),
    );
  });

  it('has the permissions of the part that answers requests, and no others', () => {
    const actionsOf = (id: string, from: Made) =>
      statementsOf(
        from.resources.filter(
          (r) => r.stack === 'triptych-serverless-payments' && r.id.startsWith(id),
        ),
      )
        .flatMap(({ actions }) => actions)
        .filter((action) => !/^(logs|secretsmanager):/.test(action));
    expect(actionsOf('WebRole', made)).not.toEqual([]);
    expect(actionsOf('WebRole', made)).toEqual(actionsOf('HttpRole', events));
  });

  it('is told how its callers are checked, and how it answers with large pictures', () => {
    const { EDGE_SECRET_ARN, ...variables } = variablesOf(made, 'images');
    expect(variables).toMatchObject({
      EDGE_ACCESS: 'secret',
      LARGE_RENDITIONS: 'stream',
      TRUSTED_PROXIES: '2',
      AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs',
    });
    expect(JSON.stringify(EDGE_SECRET_ARN)).toContain('EdgeSecret');
    expect(variablesOf(made, 'auth')).not.toHaveProperty('LARGE_RENDITIONS');
    expect(variablesOf(signed, 'images')).toMatchObject({ EDGE_ACCESS: 'iam' });
    expect(variablesOf(signed, 'images')).not.toHaveProperty('EDGE_SECRET_ARN');
  });
});

describe('the stacks of Web Functions', () => {
  it('end with the CDN and the dashboard, and have no API', () => {
    const names = made.stacks.map(({ stackName }) => stackName.replace('triptych-serverless-', ''));
    expect(names.slice(-2)).toEqual(['web-front', 'operations']);
    expect(made.resources.filter(({ type }) => type.startsWith('AWS::ApiGateway'))).toEqual([]);
    const front = made.stacks.find(({ stackName }) => stackName.endsWith('web-front'));
    const needed = front?.dependencies.map(({ id }) => id.replace('triptych-serverless-', ''));
    expect(needed).toEqual(expect.arrayContaining([...CONTEXT_NAMES]));
  });

  it.each([
    ['a secret', made],
    ['signatures', signed],
  ])('pass cdk-nag and keep the quotas of AWS with %s', (_, { app, checked }) => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(found).toEqual([]);
    expect(exceededQuotas(checked)).toEqual([]);
  });

  it('send a share of the requests to the previous revision during a rollout', async () => {
    const rollout = await synthesize({
      ...WEB,
      TRIPTYCH_WEB_NEW_SHARE: '10',
      TRIPTYCH_WEB_PREVIOUS_REVISIONS: 'catalog=1a2b3c',
    });
    const weightsOf = (service: ContextName) =>
      one(rollout, 'AWS::Lambda::WebFunctionEndpoint', service).RevisionWeights;
    const RevisionId = { 'Fn::GetAtt': ['WebRevision', 'RevisionId'] };
    expect(weightsOf('catalog')).toEqual([
      { RevisionId, Weight: 10 },
      { RevisionId: '1a2b3c', Weight: 90 },
    ]);
    expect(weightsOf('auth')).toEqual([{ RevisionId, Weight: 100 }]);
    // What the operator names as the previous revision next time.
    expect(rollout.templates['triptych-serverless-catalog']?.Outputs).toMatchObject({
      RevisionId: { Value: RevisionId },
    });
  });
});

describe('Web Functions are rejected', () => {
  it.each([
    [{ TRIPTYCH_FRONT: 'rest-api' }, 'needs TRIPTYCH_FRONT=http-api'],
    [{ TRIPTYCH_ARCHITECTURE: 'x86_64' }, 'needs TRIPTYCH_ARCHITECTURE=arm64'],
    [{ TRIPTYCH_PROVISIONED_CONCURRENCY: '1' }, 'needs TRIPTYCH_PROVISIONED_CONCURRENCY=0'],
    [{ TRIPTYCH_WEB_NEW_SHARE: '10' }, 'needs TRIPTYCH_WEB_PREVIOUS_REVISIONS'],
    [{ TRIPTYCH_WEB_NEW_SHARE: '0' }, 'TRIPTYCH_WEB_NEW_SHARE'],
    [{ TRIPTYCH_WEB_RATE_LIMIT: '1500' }, 'TRIPTYCH_WEB_RATE_LIMIT'],
    [{ TRIPTYCH_WEB_MAX_ENVIRONMENTS: '1' }, 'TRIPTYCH_WEB_MAX_ENVIRONMENTS'],
    [{ TRIPTYCH_REGION: 'af-south-1' }, 'TRIPTYCH_REGION=af-south-1 has no Web Functions'],
    [{ TRIPTYCH_FIREWALL: 'on' }, 'TRIPTYCH_FIREWALL=on needs TRIPTYCH_REGION=us-east-1'],
    [
      { TRIPTYCH_DOMAIN: 'shop.example.com', TRIPTYCH_HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ' },
      'TRIPTYCH_DOMAIN of Web Functions needs TRIPTYCH_REGION=us-east-1',
    ],
  ])('with %j', async (changes, message) => {
    await expect(readSettings({ ...WEB, ...changes }, ROOT)).rejects.toThrow(message);
  });
});
