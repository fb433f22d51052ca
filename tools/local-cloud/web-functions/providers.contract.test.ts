import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud } from '../lambda/testing/compute-cloud.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { BUILD, webFunction } from './testing/shown-requests.ts';

let cloud: ComputeCloud;
let web: LocalWebFunctions;
beforeEach(() => {
  cloud = computeCloud();
  web = createWebFunctions(cloud.kernel);
  cloud.add(web.providers);
});
afterEach(async () => {
  await web.stop();
  await cloud.stop();
});

describe('a template with a web function', () => {
  const revision = (properties: object, artifact = cloud.artifact('dist/a', { 'index.mjs': '' })) =>
    cloud.create(
      'AWS::Lambda::WebFunctionRevision',
      'Revision',
      { FunctionName: 'shop', ...properties } as never,
      artifact,
    );
  const ROLE = { ExecutionRoleArn: 'arn:aws:iam::000000000000:role/test' };

  it.each([
    [
      { BuildConfig: { ...BUILD, RuntimeConfig: { Runtime: 'python3.14' } }, ServiceConfig: ROLE },
      'nodejs24.x',
    ],
    [{ BuildConfig: BUILD, ServiceConfig: { ...ROLE, TimeoutSeconds: 2 } }, 'from 3 to 900'],
    [
      { BuildConfig: BUILD, ServiceConfig: { ...ROLE, MaxConcurrencyPerEnvironment: 129 } },
      'from 1 to 128',
    ],
    [
      { BuildConfig: BUILD, ServiceConfig: { ...ROLE, EgressNetworkConnectorArn: 'x' } },
      'EgressNetworkConnectorArn',
    ],
    [
      {
        BuildConfig: BUILD,
        ServiceConfig: { ...ROLE, EnvironmentVariables: { AWS_LAMBDA_X: '1' } },
      },
      'reserves the variable AWS_LAMBDA_X',
    ],
  ])('is rejected with the revision %j', async (properties, message) => {
    await cloud.create('AWS::Lambda::WebFunction', 'Function', { FunctionName: 'shop' });
    await expect(revision(properties)).rejects.toThrow(message);
  });

  it.each([
    [{ EndpointType: 'MultiRegion' }, 'MultiRegion is not supported'],
    [{ AuthType: 'None' }, 'AuthType must be one of'],
    [{ RevisionWeights: [{ RevisionId: 'unknown', Weight: 100 }] }, 'no revision unknown'],
    [{ RevisionWeights: [] }, 'add up to 100'],
    [{ ScalingConfig: { MaxEnvironments: 1 } }, 'from 2 to 10000'],
    [{ ThrottleConfig: { RateLimit: 150 } }, 'RateLimit must be'],
  ])('is rejected with the endpoint %j', async (endpoint, message) => {
    await expect(webFunction(cloud, 'shop', { endpoint })).rejects.toThrow(message);
  });
});
