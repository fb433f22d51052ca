import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PATIENT } from '@triptych/platform/testing/patience';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type LocalCloud, type LogLine, startLocalCloud } from './index.ts';
import { invokePermission, polls, queuePolicy, role } from './testing/permission-resources.ts';

let root: string;
let cloud: LocalCloud;
let lines: LogLine[];

const handler = `
export const http = async (event) => {
  if (event.rawPath === '/span') await sendSpan();
  return { statusCode: 200, body: event.rawPath };
};
const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'work',
  startTimeUnixNano: '1000000', endTimeUnixNano: '3000000' };
const sendSpan = () => fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', {
  method: 'POST', headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }) });
export const worker = async ({ Records }) => {
  for (const { body } of Records) console.log('worked on ' + JSON.parse(body).detail.id);
};
`;

const execution = {
  Type: 'AWS::Lambda::Function',
  Metadata: { 'triptych:artifact': 'dist/app' },
};
const properties = {
  Runtime: 'nodejs24.x',
  Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  Code: { ZipFile: 'x' },
};

const template = {
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Queue: { Type: 'AWS::SQS::Queue' },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Bus' },
        EventPattern: { 'detail-type': ['order.placed'] },
        Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
      },
    },
    Worker: { ...execution, Properties: { ...properties, Handler: 'index.worker' } },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Worker' },
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      },
      DependsOn: 'RolePolicy',
    },
    Http: { ...execution, Properties: { ...properties, Handler: 'index.http' } },
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'shop', ProtocolType: 'HTTP' },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Http', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'GET /{proxy+}',
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      },
    },
    ...role('Role', [polls('Queue')]),
    ...queuePolicy('Queue', 'Rule'),
    ...invokePermission('Http', 'apigateway.amazonaws.com', {
      'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Api' }, '/*']],
    }),
  },
  Outputs: { BusName: { Value: { Ref: 'Bus' } } },
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'local-cloud-'));
  await mkdir(join(root, 'dist/app'), { recursive: true });
  await writeFile(join(root, 'dist/app/index.mjs'), handler);
  await writeFile(join(root, 'shop.template.json'), JSON.stringify(template));
  const shop = {
    type: 'aws:cloudformation:stack',
    properties: { templateFile: 'shop.template.json' },
  };
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts: { shop } }));
  lines = [];
  cloud = await startLocalCloud({ root, log: (line) => lines.push(line) });
  await cloud.deploy(root);
});

afterEach(async () => {
  await cloud.stop();
  await rm(root, { recursive: true });
});

/** Puts an event on the bus and waits until the worker has processed it. */
async function workOn(id: string, words = 'worked on'): Promise<void> {
  const events = new EventBridgeClient({
    endpoint: cloud.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { BusName: EventBusName } = cloud.outputs('shop');
  const entry = { EventBusName, Source: 'triptych.payments', DetailType: 'order.placed' };
  const Detail = JSON.stringify({ id });
  await events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail }] }));
  events.destroy();
  const texts = () => lines.map((line) => line.text);
  await vi.waitFor(() => expect(texts()).toContain(`${words} ${id}`), PATIENT);
}

it('delivers an event from a bus through a queue to a function, and routes requests through the API', async () => {
  await workOn('o1');
  const line = lines.find((one) => one.text === 'worked on o1');
  expect(line).toMatchObject({ stack: 'shop', source: 'Worker', pid: expect.any(Number) });
  const answer = await fetch(`${cloud.publicUrl('shop')}/catalog/products`);
  expect(await answer.text()).toBe('/catalog/products');
});

it('lists running processes, kills them by logical id and leaves none behind', async () => {
  const url = `${cloud.publicUrl('shop')}/a`;
  await fetch(url);
  const [running] = cloud.processes();
  expect(running).toMatchObject({ stack: 'shop', source: 'Http', kind: 'function' });
  expect(cloud.kill('shop', 'Http')).toBe(1);
  expect(() => cloud.kill('shop', 'Queue')).toThrow('it has Worker, Http');
  expect((await fetch(url)).status).toBe(200);
  const pids = cloud.processes().map(({ pid }) => pid);
  expect(pids).not.toContain(running?.pid);
  await cloud.stop();
  for (const pid of pids)
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), PATIENT);
});

it('scales to zero when idle sandboxes time out', async () => {
  await fetch(`${cloud.publicUrl('shop')}/a`);
  expect(cloud.processes()).not.toEqual([]);
  cloud.limitSandboxes({ idleTimeoutMs: 10 });
  await vi.waitFor(() => expect(cloud.processes()).toEqual([]), PATIENT);
});

it('stores the spans that its processes send', async () => {
  await fetch(`${cloud.publicUrl('shop')}/span`);
  expect(cloud.spans('a'.repeat(32))).toMatchObject([{ name: 'work', durationMs: 2 }]);
});

it('restarts a stack with its current artifacts', async () => {
  const url = `${cloud.publicUrl('shop')}/a`;
  await fetch(url);
  await workOn('o1');
  const changed = handler
    .replace('event.rawPath }', `'new' }`)
    .replace('worked on', 'worked again on');
  await writeFile(join(root, 'dist/app/index.mjs'), changed);
  await cloud.restart('shop');
  await workOn('o2', 'worked again on');
  expect(await (await fetch(url)).text()).toBe('new');
  await expect(cloud.restart('none')).rejects.toThrow('Stack none is not deployed');
});

it('names the port that is taken', async () => {
  const endpointPort = Number(new URL(cloud.endpointUrl).port);
  await expect(startLocalCloud({ root, endpointPort })).rejects.toThrow(`Port ${endpointPort}`);
});
