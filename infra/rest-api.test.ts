import { CONTEXT_NAMES } from '@triptych/context-map';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const SETTINGS = { TRIPTYCH_VARIANTS: 'serverless', TRIPTYCH_FRONT: 'rest-api' };
const { app, stacks, templates, ofType } = await synthesize(SETTINGS, { validated: true });

const contextOf = (stack: string) => stack.replace('triptych-serverless-', '');

describe('serverless with a REST API', () => {
  it('has a last stack that depends on all services', () => {
    const last = stacks.at(-1);
    expect(last?.stackName).toBe('triptych-serverless-release');
    const needed = last?.dependencies.map(({ id }) => id);
    for (const part of ['rest-front', ...CONTEXT_NAMES]) {
      expect(needed).toContain(`triptych-serverless-${part}`);
    }
  });

  it('passes cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(found).toEqual([]);
  });

  it('has no HTTP API and no account-wide role for logs', () => {
    expect(ofType('AWS::ApiGatewayV2::Api')).toEqual([]);
    expect(ofType('AWS::ApiGateway::Account')).toEqual([]);
    expect(ofType('AWS::ApiGateway::RestApi').map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        BinaryMediaTypes: ['*/*'],
        EndpointConfiguration: { Types: ['REGIONAL'] },
      }),
    ]);
  });

  it('routes every path of a context to its function, from the stack of the service', () => {
    const routes = ofType('AWS::ApiGateway::Method').filter(
      ({ properties }) => properties.HttpMethod === 'ANY',
    );
    const stacksOf = CONTEXT_NAMES.toSorted();
    expect(routes.map(({ stack }) => stack)).toEqual(
      stacksOf.map((service) => `triptych-serverless-${service}`),
    );
    for (const { stack, properties } of routes) {
      expect(properties.Integration).toMatchObject({
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
      });
      const parts = ofType('AWS::ApiGateway::Resource')
        .filter((resource) => resource.stack === stack)
        .map((resource) => resource.properties.PathPart);
      expect(parts).toEqual([contextOf(stack), '{proxy+}']);
    }
  });

  it('may call a function for paths of its context only', () => {
    const permissions = ofType('AWS::Lambda::Permission').filter(
      ({ properties }) => properties.Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(CONTEXT_NAMES.length);
    for (const { stack, properties } of permissions) {
      expect(JSON.stringify(properties.SourceArn)).toContain(`/*/*/${contextOf(stack)}/*`);
    }
  });

  it('throttles requests at the stage named live', () => {
    expect(ofType('AWS::ApiGateway::Stage').map(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        StageName: 'live',
        MethodSettings: [
          expect.objectContaining({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
        ],
      }),
    ]);
  });

  it('has the stage in its base URL and answers 404 where there is no route', () => {
    const [http] = ofType('AWS::Lambda::Function').filter(({ id }) => id === 'Http');
    expect(JSON.stringify(http?.properties.Environment.Variables.BASE_URL)).toMatch(
      /execute-api.*"\/live"/,
    );
    const [unknown] = ofType('AWS::ApiGateway::GatewayResponse');
    expect(unknown?.properties).toMatchObject({
      ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
      StatusCode: '404',
    });
  });

  it('keeps its deployment when only functions change', async () => {
    const deployments = (made: typeof templates) =>
      Object.entries(made['triptych-serverless-release']?.Resources ?? {})
        .filter(([, { Type }]) => Type === 'AWS::ApiGateway::Deployment')
        .map(([id]) => id);
    const { templates: again } = await synthesize({
      ...SETTINGS,
      TRIPTYCH_ARCHITECTURE: 'x86_64',
    });
    expect(deployments(again)).toEqual(deployments(templates));
    expect(deployments(templates)[0]).toMatch(/^Deployment[0-9A-F]{8}[0-9a-f]{32}$/);
  });
});

describe('serverless with an HTTP API', () => {
  it('has no release stack, because it deploys its routes by itself', async () => {
    const { templates } = await synthesize({ TRIPTYCH_VARIANTS: 'serverless' });
    expect(Object.keys(templates)).not.toContain('triptych-serverless-release');
  });
});
