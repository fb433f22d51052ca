import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { repositoryRoot } from '@triptych/base/repository-root';
import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { build, type Metafile, stop } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deployables } from './build.ts';
import { artifactOf, bundleSettings, type Deployable } from './bundle.ts';

/** What an event function and a container need, and a Web Function does not. */
const NOT_IN_A_WEB_FUNCTION = [
  'node_modules/serverless-http/',
  'libs/platform/lambda/',
  'libs/platform/container/',
  'libs/platform/queue/polling-loop.ts',
  'libs/platform/outbox/loop-relay.ts',
];

let folder = '';
let metafile: Metafile;
let roots: Deployable[] = [];
/** Inside the repository, so that the bundles find the native modules. */
beforeAll(async () => {
  const dist = join(repositoryRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  folder = mkdtempSync(join(dist, 'web-function-roots-'));
  roots = (await deployables(['serverless'])).map((root) => ({
    ...root,
    outdir: join(folder, root.app, root.service),
  }));
  ({ metafile } = await build(bundleSettings(roots, repositoryRoot)));
  await stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rootOf(app: string, service: ContextName): Deployable {
  const found = roots.find((root) => root.app === app && root.service === service);
  if (!found) throw new Error(`${app} has no root ${service}`);
  return found;
}

function inputsOf(app: string, service: ContextName): string[] {
  const output = metafile.outputs[artifactOf(rootOf(app, service), repositoryRoot)];
  return Object.keys(output?.inputs ?? {});
}

/** What a bundle has of {@link NOT_IN_A_WEB_FUNCTION}. */
const superfluousIn = (app: string, service: ContextName) =>
  NOT_IN_A_WEB_FUNCTION.filter((path) => inputsOf(app, service).some((i) => i.startsWith(path)));

describe.each(CONTEXT_NAMES)('the bundle of %s', (service) => {
  test('has an adapter as an event function', () => {
    expect(superfluousIn('serverless', service)).toEqual([
      'node_modules/serverless-http/',
      'libs/platform/lambda/',
    ]);
  });

  test('has a server, and neither an adapter nor loops, as a Web Function', () => {
    expect(inputsOf('serverless-web', service)).toContain(
      'libs/platform/web-function/web-function.ts',
    );
    expect(superfluousIn('serverless-web', service)).toEqual([]);
  });
});

/** A server in place of AWS, auth and the provider. Until it is given an answer, it only receives requests. */
async function startOthers() {
  const received: string[] = [];
  const others = { received, url: '', answer: (_response: ServerResponse): void => {}, stop };
  const server = createServer(({ method, url }, response) => {
    received.push(`${method} ${url}`);
    others.answer(response);
  });
  function stop(): void {
    server.close();
    server.closeAllConnections();
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  others.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return others;
}

let others: Awaited<ReturnType<typeof startOthers>>;
let child: ChildProcess | undefined;
beforeEach(async () => {
  others = await startOthers();
});
afterEach(() => {
  child?.kill('SIGKILL');
  others.stop();
});

/** Settings with which every context starts. */
const settingsOf = (service: ContextName) => ({
  PATH: process.env.PATH ?? '',
  ...{ SERVICE_NAME: service, VARIANT: 'serverless', LOG_LEVEL: 'info', BASE_URL: others.url },
  ...{ AUTH_TABLE: 't', LIMITS_TABLE: 't', CATALOG_TABLE: 't', PAYMENTS_TABLE: 't' },
  ...{ ORIGINALS_BUCKET: 'originals', RENDITIONS_BUCKET: 'renditions', EVENT_BUS: 'bus' },
  ...{ QUEUE_URL: others.url, DEADLINE_QUEUE_URL: others.url, PROVIDER_URL: others.url },
  ...{ KEY_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') },
  ...{ PROVIDER_KEY: 'sk_test_1', WEBHOOK_SECRET: 'whsec_1', EDGE_ACCESS: 'iam' },
  ...{ AWS_ENDPOINT_URL: others.url, AWS_REGION: 'eu-central-1' },
  ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
});

async function freeEndpoint(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

/** Starts a built root, and waits until it listens. @throws Error with its output when it ends instead */
async function startRoot(service: ContextName, more: Record<string, string> = {}) {
  const endpoint = await freeEndpoint();
  const started = spawn(
    process.execPath,
    [join(rootOf('serverless-web', service).outdir, 'index.mjs')],
    {
      env: { ...settingsOf(service), AWS_LAMBDA_HTTP_ENDPOINT: endpoint, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child = started;
  const ended = once(started, 'close');
  let output = '';
  const listening = new Promise<void>((resolve) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.includes('"msg":"listening"')) resolve();
      });
    }
  });
  await Promise.race([listening, ended.then(() => Promise.reject(new Error(output)))]);
  return { url: `http://${endpoint}`, ended, process: started };
}

// Lambda ends a process that does not listen within 10 s, so it must not wait for another service.
test.each(CONTEXT_NAMES)(
  'the Web Function of %s listens while no other service answers',
  async (service) => {
    const root = await startRoot(service);
    expect(others.received).toEqual([]);
    if (process.platform === 'win32') return;
    root.process.kill('SIGTERM');
    expect(await root.ended).toEqual([0, null]);
  },
);

describe('a picture that is too large for the response of an event function', () => {
  const picture = Buffer.alloc(5_000_000, 'p');
  const fetchPicture = async (setting: string) => {
    others.answer = (response) => response.end(picture);
    const { url } = await startRoot('images', { LARGE_RENDITIONS: setting });
    return fetch(`${url}/images/a/w2560.jpeg`, { redirect: 'manual' });
  };

  test('is in the response of a Web Function', async () => {
    const answer = await fetchPicture('stream');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(picture.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
  });

  test('is a redirect to the bucket by a setting', async () => {
    const answer = await fetchPicture('redirect');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(
      /^http:\/\/[^/]+\/renditions\/.*w2560\.jpeg\?.*Signature=/,
    );
  });
});
