import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { rawRequest } from '../http-api/testing/raw-request.ts';
import { eventually } from '../lambda/testing/compute-cloud.ts';
import { type Edge, startEdge } from './index.ts';
import { preferImages } from './stage-proxy.ts';
import { writeAssembly } from './testing/small-assembly.ts';

const functionHost = 'shop-images.lambda-url.us-east-1.localhost.localstack.cloud:4566';
/** Requests to the other cloud: Host, method and path. */
const received: string[] = [];
const objects = new Set(['/renditions-bucket/images/a/w160.webp']);
const servers: Server[] = [];
let folder: string;
let edge: Edge;
let balancer: string;
let cdn: string;
let stage: string;
let isHealthy = true;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triptych-edge-'));
  const cloud = await serve(otherCloud);
  const service = await serve((request, response) => {
    if (request.url === '/auth/health/ready') response.writeHead(isHealthy ? 200 : 503).end();
    else
      response.end(JSON.stringify({ url: request.url, from: request.headers['x-forwarded-for'] }));
  });
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  [balancer, cdn, stage] = ports.map((port) => `http://127.0.0.1:${port}`) as [
    string,
    string,
    string,
  ];
  await writeAssembly(folder);
  await writeFile(join(folder, 'resources.json'), JSON.stringify(deployed(cloud)));
  edge = await startEdge({
    assembly: folder,
    resources: join(folder, 'resources.json'),
    ports: { 'shop-front': ports[0], 'shop-images': ports[1], 'shop-gateway': ports[2] },
    addressOf: (_stack, container) =>
      container === 'auth'
        ? { host: '127.0.0.1', port: service }
        : { host: 'nobody.invalid', port: 8080 },
  });
});
afterAll(async () => {
  await edge?.stop(100);
  for (const server of servers) server.close().closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

async function serve(
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> {
  const server = createServer(onRequest);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Like LocalStack: buckets by path, functions by Host and a REST API by path, at one address. */
function otherCloud(request: IncomingMessage, response: ServerResponse): void {
  const { host, 'x-local-origin-access': proof } = request.headers;
  const { method, url = '' } = request;
  received.push(`${host} ${method} ${url}`);
  if (proof !== undefined) response.writeHead(500).end();
  else if (host === functionHost) response.end(`made for ${url}`);
  else if (url.startsWith('/_aws/')) response.writeHead(201, { location: '/x' }).end(method);
  else if (objects.has(url)) response.writeHead(200, { etag: '"1"' }).end('stored');
  else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
}

function deployed(port: number) {
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    stacks: {
      'shop-images': {
        Renditions: {
          type: 'AWS::S3::Bucket',
          physicalId: 'renditions-bucket',
          attributes: { RegionalDomainName: 'renditions-bucket.s3.us-east-1.amazonaws.com' },
        },
        Url: {
          type: 'AWS::Lambda::Url',
          physicalId: 'Url',
          attributes: { FunctionUrl: `http://${functionHost}/` },
        },
      },
      'shop-gateway': {
        Api: {
          type: 'AWS::ApiGateway::RestApi',
          physicalId: 'shop',
          attributes: { StageUrl: `${endpoint}/_aws/execute-api/shop/live` },
        },
      },
    },
  };
}

describe('a load balancer in front of external containers', () => {
  it('forwards requests to the address of the container', async () => {
    await eventually(async () => (await rawRequest(balancer, '/auth/x')).status === 200);
    const { body } = await rawRequest(balancer, '/auth/x?y=1');
    expect(JSON.parse(String(body))).toEqual({ url: '/auth/x?y=1', from: '127.0.0.1' });
  });

  it('answers 503 without a healthy container, and uses its default action', async () => {
    expect((await rawRequest(balancer, '/catalog/x')).status).toBe(503);
    expect((await rawRequest(balancer, '/other')).status).toBe(404);
  });

  it('reports the health of containers, and is not ready before all were healthy', async () => {
    const states = () => edge.targets.map(({ service, state }) => `${service} ${state}`);
    await eventually(() => states().includes('auth healthy'));
    expect(states()).toContain('catalog initial');
    expect(edge.isReady()).toBe(false);
    isHealthy = false;
    await eventually(() => states().includes('auth unhealthy'));
    isHealthy = true;
    await eventually(() => states().includes('auth healthy'));
  });
});

describe('a distribution in front of buckets and functions of another cloud', () => {
  it('reads a bucket by path', async () => {
    const answer = await rawRequest(cdn, '/images/a/w160.webp');
    expect([answer.status, String(answer.body)]).toEqual([200, 'stored']);
    expect(received.at(-1)).toMatch(
      /^127\.0\.0\.1:\d+ GET \/renditions-bucket\/images\/a\/w160\.webp$/,
    );
  });

  it('fails over from a missing object to the function, selected by Host', async () => {
    const answer = await rawRequest(cdn, '/images/b/w160.webp');
    expect([answer.status, String(answer.body)]).toEqual([200, 'made for /images/b/w160.webp']);
    expect(received.at(-1)).toBe(`${functionHost} GET /images/b/w160.webp`);
  });

  it('forwards other paths to the load balancer', async () => {
    const answer = await rawRequest(cdn, '/other');
    expect(answer.status).toBe(404);
    expect(answer.headers['x-cache']).toBe('Error from cloudfront');
  });
});

describe('a REST API behind its own port', () => {
  it('receives requests below its stage, and its responses are unchanged', async () => {
    const answer = await rawRequest(stage, '/payments/orders?a=%2F', {
      method: 'POST',
      body: '{}',
    });
    expect([answer.status, answer.headers.location, String(answer.body)]).toEqual([
      201,
      '/x',
      'POST',
    ]);
    expect(received.at(-1)).toMatch(
      / POST \/_aws\/execute-api\/shop\/live\/payments\/orders\?a=%2F$/,
    );
  });
});

it.each([
  [undefined, 'image/*,*/*'],
  ['*/*', 'image/*,*/*'],
  ['text/html,*/*;q=0.8', 'image/*,text/html,*/*;q=0.8'],
  ['image/avif,*/*', 'image/avif,*/*'],
  ['application/json', 'application/json'],
])('preferImages turns Accept %s into %s', (accept, expected) => {
  expect(preferImages(accept)).toBe(expected);
});

describe('an edge that cannot start', () => {
  const options = { ports: {}, addressOf: () => ({ host: '127.0.0.1', port: 1 }) };

  it('reports a missing deployment', async () => {
    const resources = join(folder, 'nowhere.json');
    await expect(startEdge({ ...options, assembly: folder, resources })).rejects.toThrow(
      'has the deployment ended?',
    );
  });

  it('names a port that is taken, and releases the others', async () => {
    const free = await freePort();
    const taken = Number(new URL(stage).port);
    const resources = join(folder, 'resources.json');
    const ports = { 'shop-front': free, 'shop-images': taken };
    await expect(startEdge({ ...options, ports, assembly: folder, resources })).rejects.toThrow(
      `Port ${taken} on 127.0.0.1 is taken`,
    );
    await expect(rawRequest(`http://127.0.0.1:${free}`, '/')).rejects.toThrow();
  });
});
