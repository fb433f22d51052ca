import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type ComputeCloud, computeCloud } from '../lambda/testing/compute-cloud.ts';
import { startApi } from './testing/start-api.ts';

let cloud: ComputeCloud;
let functionName: string;
beforeAll(async () => {
  cloud = computeCloud();
  const source = `export const http = async (event) => ({
    body: Buffer.from('é').toString('base64'), isBase64Encoded: true,
    headers: { 'x-got': String(event.isBase64Encoded) } });`;
  functionName = await cloud.function('Http', source);
});
afterAll(() => cloud.stop());

describe('a stage of a REST API', () => {
  it('serves its deployment, without routes added later', async () => {
    const api = await startApi(cloud, { functionName });
    const ofApi = { RestApiId: api.id };
    const late = await cloud.create('AWS::ApiGateway::Resource', 'Late', {
      ...ofApi,
      ParentId: api.rootId,
      PathPart: 'late',
    });
    await cloud.create('AWS::ApiGateway::Method', 'LateGet', {
      ...ofApi,
      ResourceId: late.physicalId,
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode":200}' },
        IntegrationResponses: [{ StatusCode: '200' }],
      },
    });
    expect((await rawRequest(api.origin, '/live/late')).status).toBe(404);
    const next = await cloud.create('AWS::ApiGateway::Deployment', 'Next', ofApi);
    await cloud.create('AWS::ApiGateway::Stage', 'NextStage', {
      ...ofApi,
      DeploymentId: next.physicalId,
      StageName: 'next',
    });
    expect((await rawRequest(api.origin, '/next/late')).status).toBe(200);
    expect((await rawRequest(api.origin, '/live/late')).status).toBe(404);
  });

  it('throttles by its limits', async () => {
    const { origin } = await startApi(cloud, { functionName, burst: 2 });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await rawRequest(origin, '/live/x')).status);
    expect(statuses).toEqual([404, 404, 429]);
  });

  it('handles a body as text unless its media type is binary', async () => {
    const { origin } = await startApi(cloud, { functionName, binaryMediaTypes: ['image/png'] });
    const request = { method: 'POST', body: 'x' };
    const text = await rawRequest(origin, '/live/f/x', request);
    expect([text.headers['x-got'], text.body.toString()]).toEqual(['false', 'w6k=']);
    const headers = { accept: 'image/png, */*', 'content-type': 'image/png' };
    const bytes = await rawRequest(origin, '/live/f/x', { ...request, headers });
    expect([bytes.headers['x-got'], bytes.body.toString()]).toEqual(['true', 'é']);
  });

  it.each([
    ['AWS::ApiGateway::Deployment', {}, "doesn't contain any methods"],
    ['AWS::ApiGateway::Stage', { DeploymentId: 'none', StageName: 'live' }, 'no deployment none'],
    ['AWS::ApiGateway::Resource', { ParentId: 'none', PathPart: 'x' }, 'no resource none'],
  ])('rejects %s of an empty API', async (type, properties, message) => {
    const api = await cloud.create('AWS::ApiGateway::RestApi', `Empty${message.length}`, {});
    const ofApi = { RestApiId: api.physicalId };
    await expect(cloud.create(type, 'Rejected', { ...ofApi, ...properties })).rejects.toThrow(
      message,
    );
  });
});
