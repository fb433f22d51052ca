import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud, eventually } from '../lambda/testing/compute-cloud.ts';
import { createWebFunctions, type LocalWebFunctions } from './index.ts';
import { NOT_DOCUMENTED } from './not-documented.ts';

/** A server that shows what it gets, and that a test can hold, crash and stop. */
const SERVER = `
import { createServer } from 'node:http';
const [host, port] = process.env.AWS_LAMBDA_HTTP_ENDPOINT.split(':');
const held = [];
const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  if (path === '/hold') { held.push(response); console.log('holding ' + held.length); return; }
  if (path === '/crash') process.exit(3);
  if (path === '/release') { for (const one of held.splice(0)) one.end('held'); return response.end('released'); }
  if (path === '/stream') {
    response.write('first');
    return void setTimeout(() => response.end('second'), 30);
  }
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    response.setHeader('connection', 'close');
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.end(JSON.stringify({
      pid: process.pid, method: request.method, url: request.url, headers: request.headers, body,
      environment: process.env,
    }));
  });
});
process.on('SIGTERM', () => { console.log('got SIGTERM'); if (!process.env.STUBBORN) process.exit(0); });
server.listen(Number(port), host);
`;

/** What the server shows. */
interface Seen {
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

async function seenBy(answer: Response | Promise<Response>): Promise<Seen> {
  return (await (await answer).json()) as Seen;
}

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

interface Settings {
  readonly source?: string;
  readonly service?: object;
  readonly endpoint?: object;
}

/** Creates a function with a revision and an endpoint. Returns the endpoint's domain. */
async function webFunction(name: string, { source = SERVER, service, endpoint }: Settings = {}) {
  const artifact = cloud.artifact(`dist/${name}`, { 'index.mjs': source });
  const { physicalId: arn } = await cloud.create('AWS::Lambda::WebFunction', `${name}Function`, {
    FunctionName: name,
  });
  const revision = await cloud.create(
    'AWS::Lambda::WebFunctionRevision',
    `${name}Revision`,
    {
      FunctionName: arn,
      BuildConfig: { RuntimeConfig: { Runtime: 'nodejs24.x' } },
      ServiceConfig: {
        ExecutionRoleArn: 'arn:aws:iam::000000000000:role/test',
        EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs', OWN: 'value' },
        ...service,
      },
    },
    artifact,
  );
  const made = await cloud.create('AWS::Lambda::WebFunctionEndpoint', `${name}Endpoint`, {
    // Both a name and an ARN are accepted.
    FunctionName: name,
    EndpointName: 'prod',
    EndpointType: 'HomeRegion',
    AuthType: 'ApplicationManaged',
    RevisionWeights: [{ RevisionId: revision.attributes?.RevisionId, Weight: 100 }],
    ...endpoint,
  });
  return String(made.attributes?.DomainName);
}

const pids = async (domain: string, count: number) => {
  const answers = await Promise.all(
    Array.from({ length: count }, () => seenBy(fetch(`http://${domain}/`))),
  );
  return new Set(answers.map(({ pid }) => pid));
};

describe('a web function', () => {
  it('starts with the first request, with the documented variables only', async () => {
    const domain = await webFunction('shop');
    expect(web.processes()).toEqual([]);
    const answer = await fetch(`http://${domain}/a/b?c=%20d`, { method: 'POST', body: 'text' });
    const { environment, ...seen } = await seenBy(answer);
    expect(seen).toMatchObject({ method: 'POST', url: '/a/b?c=%20d', body: 'text' });
    expect(environment).toMatchObject({
      AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
      AWS_LAMBDA_HTTP_ENDPOINT: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      AWS_REGION: 'us-east-1',
      OWN: 'value',
    });
    for (const absent of ['AWS_LAMBDA_FUNCTION_NAME', '_X_AMZN_TRACE_ID', 'PORT']) {
      expect(environment).not.toHaveProperty(absent);
    }
    expect(web.processes()).toHaveLength(1);
  });

  it('answers many requests in one process, and starts another one when it is full', async () => {
    const domain = await webFunction('shop', {
      service: serviceWith({ MaxConcurrencyPerEnvironment: 4 }),
    });
    const first = await pids(domain, 1);
    expect(await pids(domain, 3)).toEqual(first);
    const held = Array.from({ length: 4 }, () => fetch(`http://${domain}/hold`));
    await eventually(() => cloud.logs.some((line) => line.text === 'holding 4'));
    const others = await pids(domain, 2);
    expect([...others].some((pid) => first.has(pid))).toBe(false);
    expect(web.processes()).toHaveLength(2);
    expect(web.kill('shop')).toBe(2);
    await Promise.allSettled(held);
  });

  it('is throttled at once when it has all its environments and they are full', async () => {
    const domain = await webFunction('shop', {
      service: serviceWith({ MaxConcurrencyPerEnvironment: 1 }),
      endpoint: { ScalingConfig: { MaxEnvironments: 2 } },
    });
    const held = [fetch(`http://${domain}/hold`), fetch(`http://${domain}/hold`)];
    await eventually(() => web.processes().length === 2);
    const refused = await fetch(`http://${domain}/`);
    expect(refused.status).toBe(NOT_DOCUMENTED.throttledStatus);
    web.kill('shop');
    for (const one of await Promise.allSettled(held)) {
      expect(one).toMatchObject({ value: { status: 502 } });
    }
  });

  it('is throttled beyond its rate limit, and a limit of 0 blocks everything', async () => {
    const domain = await webFunction('shop', { endpoint: { ThrottleConfig: { RateLimit: 0 } } });
    expect((await fetch(`http://${domain}/`)).status).toBe(NOT_DOCUMENTED.throttledStatus);
    expect(web.processes()).toEqual([]);
  });

  it('ends without requests, after SIGTERM and at most a second', async () => {
    const stubborn = { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs', STUBBORN: '1' };
    const domain = await webFunction('shop', {
      service: serviceWith({ EnvironmentVariables: stubborn }),
    });
    await pids(domain, 1);
    cloud.kernel.sandboxes.idleTimeoutMs = 0;
    await eventually(() => web.processes().length === 0);
    expect(cloud.logs.map((line) => line.text)).toContain('got SIGTERM');
    cloud.kernel.sandboxes.idleTimeoutMs = 300_000;
    expect(await pids(domain, 1)).toHaveLength(1);
  });

  it('answers 502 when the application crashes or never listens', async () => {
    const domain = await webFunction('shop');
    expect((await fetch(`http://${domain}/crash`)).status).toBe(502);
    const broken = await webFunction('broken', { source: 'process.exit(1)' });
    expect((await fetch(`http://${broken}/`)).status).toBe(502);
    expect(cloud.logs.some((line) => line.text.includes('environment failed'))).toBe(true);
  });

  it('answers 504 when a request takes too long', async () => {
    const domain = await webFunction('shop', { service: serviceWith({ TimeoutSeconds: 3 }) });
    expect((await fetch(`http://${domain}/hold`)).status).toBe(504);
  });

  it('starts new environments from the current artifact', async () => {
    const domain = await webFunction('shop');
    await pids(domain, 1);
    cloud.artifact('dist/shop', { 'index.mjs': SERVER.replaceAll("'released'", "'again'") });
    web.restart('triptych-test');
    expect(await (await fetch(`http://${domain}/release`)).text()).toBe('again');
  });
});

function serviceWith(changes: object): object {
  return {
    EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs' },
    ...changes,
  };
}

describe('a request to an endpoint', () => {
  const raw = (domain: string, lines: readonly string[]) => {
    const [host, port] = domain.split(':');
    const socket = connect({ host, port: Number(port) });
    socket.end(`${lines.join('\r\n')}\r\n\r\n`);
    return text(socket);
  };

  it('loses the headers that Lambda removes and gets its own', async () => {
    const domain = await webFunction('shop');
    const answer = await fetch(`http://${domain}/`, {
      headers: {
        'x-forwarded-for': '192.0.2.1',
        'x-real-ip': '192.0.2.2',
        'x-http-method-override': 'DELETE',
        'lambda-web-request-id': 'chosen',
        authorization: 'Bearer token',
        te: 'trailers',
      },
    });
    const { headers } = await seenBy(answer);
    expect(headers).toMatchObject({
      host: domain,
      'x-forwarded-for': '192.0.2.1, 127.0.0.1',
      'lambda-web-endpoint-name': 'prod',
      authorization: 'Bearer token',
    });
    expect(headers['lambda-web-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    for (const removed of ['x-real-ip', 'x-http-method-override', 'te']) {
      expect(headers).not.toHaveProperty(removed);
    }
    expect(answer.headers.get('lambda-web-request-id')).toBe(headers['lambda-web-request-id']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([
    ['HTTP/1.0', ['GET / HTTP/1.0', 'Host: DOMAIN'], 505],
    ['an unsupported method', ['PURGE / HTTP/1.1', 'Host: DOMAIN', 'Connection: close'], 400],
    ['another Host', ['GET / HTTP/1.1', 'Host: shop.example', 'Connection: close'], 404],
    ['no Host', ['GET / HTTP/1.1', 'Connection: close'], 400],
    [
      'Expect',
      [
        'POST / HTTP/1.1',
        'Host: DOMAIN',
        'Expect: 100-continue',
        'Content-Length: 0',
        'Connection: close',
      ],
      417,
    ],
  ])('is rejected with %s', async (_, lines, status) => {
    const domain = await webFunction('shop');
    const answer = await raw(
      domain,
      lines.map((line) => line.replace('DOMAIN', domain)),
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(web.processes()).toEqual([]);
  });

  it('is a plain GET when it asks for a WebSocket', async () => {
    const domain = await webFunction('shop');
    const [host, port] = domain.split(':');
    const headers = await new Promise<Record<string, string>>((resolve, reject) => {
      const sent = httpRequest({
        host,
        port,
        headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
      });
      sent.once('response', (answer) => {
        text(answer).then((body) => resolve(JSON.parse(body).headers), reject);
      });
      sent.once('error', reject);
      sent.end();
    });
    expect(headers).not.toHaveProperty('upgrade');
  });

  it('gets a response that streams', async () => {
    const domain = await webFunction('shop');
    const answer = await fetch(`http://${domain}/stream`);
    const reader = answer.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toBe('first');
    await reader?.cancel();
  });

  it('needs a known access key and the hash of its body when the endpoint has IamAuth', async () => {
    const domain = await webFunction('shop', { endpoint: { AuthType: 'IamAuth' } });
    const sha256 = createHash('sha256').update('').digest('hex');
    const credential = 'AWS4-HMAC-SHA256 Credential=local/20261201/us-east-1/lambda/aws4_request';
    const statuses = [];
    for (const headers of [
      {},
      { 'x-amz-content-sha256': sha256 },
      { authorization: credential },
      { authorization: credential, 'x-amz-content-sha256': sha256 },
    ]) {
      const answer = await fetch(`http://${domain}/`, {
        headers: headers as Record<string, string>,
      });
      statuses.push(answer.status);
      if (answer.status === 200) {
        expect((await seenBy(answer)).headers).not.toHaveProperty('authorization');
      }
    }
    expect(statuses).toEqual([403, 403, 403, 200]);
  });
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
  const BUILD = { RuntimeConfig: { Runtime: 'nodejs24.x' } };

  it.each([
    [
      { BuildConfig: { RuntimeConfig: { Runtime: 'python3.14' } }, ServiceConfig: ROLE },
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
    await expect(webFunction('shop', { endpoint })).rejects.toThrow(message);
  });
});
