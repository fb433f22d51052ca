import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../testing/collector.ts';
import { EDGE_HEADER } from './edge-secret.ts';

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
/** @param before code that runs before the server starts */
const program = (before: string) => `
  import { webFunction } from ${module('./index.ts')};
  import { buildApp } from ${module('../http/index.ts')};
  ${before}
  const config = {
    SERVICE_NAME: 'catalog', VARIANT: 'serverless', LOG_LEVEL: 'info', TRUSTED_PROXIES: 2,
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env.COLLECTOR,
  };
  const { admits, serve } = await webFunction(config);
  const app = await buildApp({ config, title: 'Catalog', admits, plugin: async (scope) => {
    scope.get('/catalog/client', async (request) => ({ ip: request.ip }));
    scope.get('/catalog/endless', () => {
      console.log('"handling"');
      return new Promise(() => {});
    });
  } });
  await serve(app);
`;

const SECRET = 'between the CDN and the service';
let child: ChildProcess | undefined;
let collector: Collector;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => {
  child?.kill('SIGKILL');
  collector.stop();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(environment: Record<string, string>, before = '') {
  child = spawn(process.execPath, ['--input-type=module', '-e', program(before)], {
    cwd: new URL('.', import.meta.url),
    env: { PATH: process.env.PATH, COLLECTOR: collector.endpoint, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const process_ = child;
  let output = '';
  for (const stream of [process_.stdout, process_.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const ended = once(process_, 'close');
  const printed = async (text: string) => {
    while (!output.includes(text)) {
      const more = once(process_.stdout as NodeJS.ReadableStream, 'data');
      await Promise.race([more, ended.then(() => Promise.reject(new Error(output)))]);
    }
  };
  return { ended, printed, output: () => output };
}

async function startServer(environment: Record<string, string> = {}, before = '') {
  const endpoint = `127.0.0.1:${await freePort()}`;
  const access = { EDGE_ACCESS: 'secret', EDGE_SECRET: SECRET };
  const settings = { AWS_LAMBDA_HTTP_ENDPOINT: endpoint, ...access, ...environment };
  const server = start(settings, before);
  await server.printed('"listening"');
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://${endpoint}${path}`, { headers });
  return { ...server, get };
}

describe('a web function', () => {
  it('answers only requests with the secret of the CDN, whatever their path', async () => {
    const { get } = await startServer();
    for (const path of ['/catalog/client', '/catalog/health/ready', '/nowhere']) {
      for (const headers of [{}, { [EDGE_HEADER]: 'guessed' }, { [EDGE_HEADER]: '' }]) {
        const answer = await get(path, headers);
        expect([path, answer.status]).toEqual([path, 403]);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(await answer.json()).toMatchObject({ code: 'forbidden' });
      }
    }
    expect((await get('/catalog/health/ready', { [EDGE_HEADER]: SECRET })).status).toBe(200);
  });

  it('takes the address that the CDN saw, not one that the client sent', async () => {
    const { get } = await startServer();
    const forwarded = { 'x-forwarded-for': '192.0.2.66, 198.51.100.7, 203.0.113.9' };
    const answer = await get('/catalog/client', { [EDGE_HEADER]: SECRET, ...forwarded });
    expect(await answer.json()).toEqual({ ip: '198.51.100.7' });
  });

  it('leaves the check of callers to Lambda when told so', async () => {
    const { get } = await startServer({ EDGE_ACCESS: 'iam', EDGE_SECRET: '' });
    expect((await get('/catalog/client')).status).toBe(200);
  });

  it.each([
    [{}, 'AWS_LAMBDA_HTTP_ENDPOINT is not set'],
    [
      { AWS_LAMBDA_HTTP_ENDPOINT: '3000', EDGE_ACCESS: 'iam' },
      'AWS_LAMBDA_HTTP_ENDPOINT is "3000"',
    ],
    [{ AWS_LAMBDA_HTTP_ENDPOINT: '0.0.0.0:3000' }, 'EDGE_ACCESS is not set'],
    [{ AWS_LAMBDA_HTTP_ENDPOINT: '0.0.0.0:3000', EDGE_ACCESS: 'secret' }, 'EDGE_SECRET is not set'],
  ])('ends with a message for %j', async (environment, message) => {
    const { ended, output } = start(environment as Record<string, string>);
    const [code] = await ended;
    expect([code, output()]).toEqual([1, expect.stringContaining(message)]);
    expect(output()).not.toContain('    at ');
  });

  it('limits the read of its secret by the time that is left to listen', async () => {
    // The process has been starting for 8 of the 10 seconds. No call leaves it.
    const before = `
      performance.now = () => 8_000;
      AbortSignal.timeout = (ms) => {
        console.log('read within ' + ms + ' ms');
        return AbortSignal.abort();
      };
    `;
    const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:edge';
    const aws = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const settings = { AWS_LAMBDA_HTTP_ENDPOINT: '127.0.0.1:1', EDGE_ACCESS: 'secret' };
    const { ended, output } = start({ ...settings, ...aws, EDGE_SECRET_ARN: arn }, before);
    const [code] = await ended;
    expect([code, output()]).toEqual([1, expect.stringContaining('read within 1000 ms')]);
    expect(output()).toContain(`EDGE_SECRET could not be read from ${arn}: AbortError`);
  });
});

// Windows has no signals between processes: `kill` ends a process immediately.
describe.runIf(process.platform !== 'win32')('a web function that receives SIGTERM', () => {
  it('exports its spans and exits with 0', async () => {
    const { get, ended } = await startServer();
    await (await get('/catalog/client', { [EDGE_HEADER]: SECRET })).json();
    child?.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(collector.names).toContain('GET /catalog/client');
  });

  it('ends within 1 s although a request does not end', async () => {
    // The clock of the process stands still from the signal on, and then moves by a second at once.
    const before = `
      const { mock } = await import('node:test');
      process.once('SIGTERM', () => {
        mock.timers.enable({ apis: ['setTimeout'] });
        setImmediate(() => {
          mock.timers.tick(1_000);
          process.exit(2);
        });
      });
    `;
    const { get, ended, printed, output } = await startServer({}, before);
    const pending = get('/catalog/endless', { [EDGE_HEADER]: SECRET }).catch(() => 'cut off');
    await printed('"handling"');
    child?.kill('SIGTERM');
    expect((await ended)[0], output()).toBe(1);
    expect(output()).toContain('did not stop in time');
    expect(await pending).toBe('cut off');
  });
});
