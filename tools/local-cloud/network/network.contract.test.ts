import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { type LocalCloud, type LogLine, startLocalCloud } from '../index.ts';
import { type ShopOptions, writeShops } from './testing/networked-shop.ts';
import { CLOUDFRONT_LIST } from './testing/reach-cases.ts';
import { ec2, ref, tcp } from './testing/small-network.ts';

const folders: string[] = [];
const clouds: LocalCloud[] = [];

/** Deploys one stack per name. */
async function deploy(
  shops: Readonly<Record<string, ShopOptions>>,
): Promise<{ cloud: LocalCloud; lines: LogLine[] }> {
  const root = await writeShops(shops);
  folders.push(root);
  const lines: LogLine[] = [];
  const cloud = await startLocalCloud({ root, log: (line) => void lines.push(line) });
  clouds.push(cloud);
  await cloud.deploy(root);
  return { cloud, lines };
}

afterAll(async () => {
  for (const cloud of clouds) await cloud.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const VPC_RANGE = tcp(80, { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } });
const endpointFor = (service: string) =>
  ec2('VPCEndpoint', {
    VpcId: ref('Vpc'),
    ServiceName: `com.amazonaws.us-east-1.${service}`,
    VpcEndpointType: 'Gateway',
    RouteTableIds: [ref('IsolatedTable')],
  });

/** Answers of services without queues and tables. These templates have no policies, so nobody must sign a request. */
const NO_QUEUES = '{}';
const NO_TABLES = '{"TableNames":[]}';

describe('deployed networks', () => {
  let cloud: LocalCloud;
  let lines: LogLine[];
  let internet: Server;
  let site: string;
  beforeAll(async () => {
    internet = createServer((_, response) => response.end('a site'));
    await new Promise<void>((resolve) => internet.listen(0, '127.0.0.1', resolve));
    site = `http://127.0.0.1:${(internet.address() as AddressInfo).port}/`;
    ({ cloud, lines } = await deploy({
      open: {},
      closed: { callers: [VPC_RANGE] },
      isolated: { taskSubnet: 'Isolated', more: { Items: endpointFor('dynamodb') } },
      trial: { isPublic: true, callers: [tcp(80, { CidrIp: '127.0.0.1/32' })] },
      foreign: { isPublic: true, callers: [tcp(80, { CidrIp: '203.0.113.7/32' })] },
      inside: {
        callers: [
          tcp(80, { SourceSecurityGroupId: ref('Tasks') }),
          tcp(80, { SourcePrefixListId: CLOUDFRONT_LIST }),
        ],
        // The groups of a template cannot name each other.
        taskCallers: [tcp(8080, { CidrIp: '10.0.0.0/16' })],
      },
    }));
  });
  afterAll(() => internet?.close());

  /** Asks the task of a stack to connect. `way` is `fetch`, `plain` or `aws`. */
  async function ask(stack: string, way: string, query: Record<string, string> = {}) {
    const path = `/x/${way}?${new URLSearchParams(query)}`;
    const { status, body } = await rawRequest(cloud.publicUrl(stack), path);
    expect([stack, status]).toEqual([stack, 200]);
    return JSON.parse(String(body)) as { status?: number; text?: string; error?: string };
  }
  const balancerOf = (stack: string) => `http://${cloud.outputs(stack).Balancer}/x/health`;
  const logged = (stack: string) => lines.filter((line) => line.stack === stack).map((l) => l.text);

  it("lets a VPC origin reach a load balancer that admits CloudFront's prefix list", async () => {
    expect(await ask('open', 'health')).toEqual({ status: 200, text: 'healthy' });
  });

  it("answers 504 when the load balancer admits only the network's own range", async () => {
    const { status } = await rawRequest(cloud.publicUrl('closed'), '/x/health');
    expect(status).toBe(504);
    expect(logged('closed').join('\n')).toContain(
      "CloudFront's VPC origin does not reach load balancer closed/LoadBalancer: security group closed/Balancer " +
        'has no ingress rule for TCP 80 from com.amazonaws.global.cloudfront.origin-facing',
    );
  });

  it('cuts the connections of other clients to an internal load balancer', async () => {
    await expect(rawRequest(balancerOf('open'), '/x/health')).rejects.toThrow(/hang up|ECONNRESET/);
    expect(logged('open')).toContain(
      'refused: 127.0.0.1 does not reach load balancer open/LoadBalancer: it is internal',
    );
  });

  it.each(['fetch', 'plain'])(
    'lets a task in a public subnet reach the internet by %s',
    async (way) => {
      expect(await ask('open', way, { url: site })).toMatchObject({ status: 200 });
    },
  );

  it.each(['fetch', 'plain'])(
    'keeps a task in an isolated subnet from the internet by %s',
    async (way) => {
      const outcome = await ask('isolated', way, { url: site });
      expect(outcome).toMatchObject({ code: 'EHOSTUNREACH' });
      expect(outcome.error).toContain(
        'the task of isolated/Service in subnet isolated/Isolated does not reach 127.0.0.1:',
      );
      expect(outcome.error).toContain(
        'route table isolated/IsolatedTable has no route to 0.0.0.0/0',
      );
    },
  );

  it('lets a task in a public subnet call services of AWS', async () => {
    const outcome = await ask('open', 'aws', { target: 'AmazonSQS.ListQueues' });
    expect(outcome.text).toBe(NO_QUEUES);
  });

  it('lets a task in an isolated subnet call a service that has a gateway endpoint', async () => {
    const outcome = await ask('isolated', 'aws', { target: 'DynamoDB_20120810.ListTables' });
    expect(outcome.text).toBe(NO_TABLES);
  });

  it.each([
    ['AmazonSQS.ListQueues', 'sqs'],
    ['DynamoDBStreams_20120810.ListStreams', 'dynamodb-streams'],
  ])('refuses %s from an isolated subnet by name', async (target, service) => {
    const { status, text = '' } = await ask('isolated', 'aws', { target });
    expect([status, JSON.parse(text)]).toEqual([
      400,
      {
        __type: 'NetworkUnreachable',
        message:
          `the task of isolated/Service in subnet isolated/Isolated does not reach ${service}: its route table ` +
          'isolated/IsolatedTable has no route to 0.0.0.0/0, and isolated/Vpc has no endpoint for ' +
          `${service} that it can use`,
      },
    ]);
    expect(logged('isolated').join('\n')).toContain(`does not reach ${service}`);
  });

  it('lets other clients call every service', async () => {
    const headers = { 'x-amz-target': 'AmazonSQS.ListQueues' };
    const options = { method: 'POST', headers, body: '{}' };
    const { body } = await rawRequest(cloud.endpointUrl, '/', options);
    expect(String(body)).toBe(NO_QUEUES);
  });

  it('lets a task reach an internal load balancer that admits its group', async () => {
    const outcome = await ask('inside', 'fetch', { url: balancerOf('inside') });
    expect(outcome).toMatchObject({ status: 200 });
  });

  it('keeps a task from an internal load balancer that does not admit its group', async () => {
    const { error } = await ask('open', 'fetch', { url: balancerOf('open') });
    expect(error).toContain('security group open/Balancer has no ingress rule for TCP 80 from');
  });

  it('keeps a task from a load balancer in another network', async () => {
    const { error } = await ask('open', 'fetch', { url: balancerOf('inside') });
    expect(error).toContain('load balancer inside/LoadBalancer is in another VPC');
  });

  it('admits clients to a public load balancer by their address', async () => {
    expect((await rawRequest(balancerOf('trial'), '/x/health')).status).toBe(200);
    await expect(rawRequest(balancerOf('foreign'), '/x/health')).rejects.toThrow();
    expect(logged('foreign').join('\n')).toMatch(
      /127\.0\.0\.1 does not reach load balancer foreign\/LoadBalancer: .* no ingress rule for TCP 80/,
    );
  });

  it('keeps tasks from their own public load balancer when it admits some addresses', async () => {
    const { error } = await ask('trial', 'fetch', { url: balancerOf('trial') });
    expect(error).toContain(
      'security group trial/Balancer has no ingress rule for TCP 80 from the public address of the task of trial/Service',
    );
  });
});

describe('a deployment fails', () => {
  afterEach(() => clouds.pop()?.stop());

  it('when the load balancer does not reach its targets', async () => {
    const shop = { taskCallers: [tcp(8081, { SourceSecurityGroupId: ref('Balancer') })] };
    await expect(deploy({ shop })).rejects.toThrow(
      /Service \(AWS::ECS::Service\).*health checks failed: load balancer shop\/LoadBalancer in subnet shop\/Isolated does not reach the task of shop\/Service: security group shop\/Tasks has no ingress rule for TCP 8080/,
    );
  });

  it('when a task cannot pull its image', async () => {
    const image = '000000000000.dkr.ecr.us-east-1.amazonaws.com/shop:1';
    await expect(deploy({ shop: { taskSubnet: 'Isolated', image } })).rejects.toThrow(
      /shop\/Service cannot start its tasks: the task of shop\/Service in subnet shop\/Isolated does not reach ecr\.api/,
    );
  });
});
