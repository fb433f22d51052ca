import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

/** A server that receives requests and never answers. */
async function startSilence() {
  const received: string[] = [];
  const server = createServer(({ method, url }) => received.push(`${method} ${url}`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, received, stop };
}

let silence: Awaited<ReturnType<typeof startSilence>>;
let child: ChildProcess | undefined;
beforeEach(async () => {
  silence = await startSilence();
});
afterEach(() => {
  child?.kill('SIGKILL');
  silence.stop();
});

/** Settings with which every context starts. All that it could call is silent. */
const settingsOf = (service: ContextName) => ({
  PATH: process.env.PATH ?? '',
  ...{ SERVICE_NAME: service, VARIANT: 'serverless', LOG_LEVEL: 'info', BASE_URL: silence.url },
  ...{ AUTH_TABLE: 't', LIMITS_TABLE: 't', CATALOG_TABLE: 't', PAYMENTS_TABLE: 't' },
  ...{ ORIGINALS_BUCKET: 'b', RENDITIONS_BUCKET: 'b', EVENT_BUS: 'bus' },
  ...{ QUEUE_URL: silence.url, DEADLINE_QUEUE_URL: silence.url, PROVIDER_URL: silence.url },
  ...{ KEY_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') },
  ...{ PROVIDER_KEY: 'sk_test_1', WEBHOOK_SECRET: 'whsec_1' },
  ...{ EDGE_ACCESS: 'secret', EDGE_SECRET: 'edge', AWS_LAMBDA_HTTP_ENDPOINT: '127.0.0.1:0' },
  ...{ AWS_ENDPOINT_URL: silence.url, AWS_REGION: 'eu-central-1' },
  ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
});

/** The messages of a process's log, until it listens or ends. */
async function messagesUntilListening({ stdout }: ChildProcess): Promise<string[]> {
  const messages: string[] = [];
  if (!stdout) return messages;
  for await (const line of createInterface({ input: stdout })) {
    messages.push(JSON.parse(line).msg);
    if (messages.at(-1) === 'listening') break;
  }
  return messages;
}

// Lambda ends a process that does not listen within 10 s, so it must not wait for another service.
test.each(CONTEXT_NAMES)(
  'the Web Function of %s listens while no other service answers',
  async (service) => {
    const artifact = join(rootOf('serverless-web', service).outdir, 'index.mjs');
    let errors = '';
    child = spawn(process.execPath, [artifact], {
      env: settingsOf(service),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    const ended = once(child, 'close');
    const messages = await messagesUntilListening(child);
    expect(messages, errors).toEqual(['listening']);
    expect(silence.received).toEqual([]);
    if (process.platform === 'win32') return;
    child.kill('SIGTERM');
    child.stdout?.resume();
    expect(await ended, errors).toEqual([0, null]);
  },
);
