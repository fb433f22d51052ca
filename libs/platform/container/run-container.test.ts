import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../testing/collector.ts';

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
const program = `
  import { runContainer } from ${module('./index.ts')};
  import { buildApp } from ${module('../http/index.ts')};
  let heard = '';
  process.stdin.on('data', (chunk) => { heard += chunk; });
  const told = async (word) => {
    while (!heard.includes(word)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const config = {
    SERVICE_NAME: 'catalog', VARIANT: 'microservices', LOG_LEVEL: 'info', TRUSTED_PROXIES: 0, PORT: 0,
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env.COLLECTOR,
  };
  const app = await buildApp({ config, title: 'Catalog', plugin: async (scope) => {
    scope.get('/catalog/slow', async () => {
      console.log('"handling"');
      await told('finish');
      return { done: true };
    });
  } });
  const loop = {
    start: () => console.log('"loop started"'),
    stop: async () => {
      console.log('"loop stops"');
      await told('go on');
      console.log('"loop stopped"');
    },
  };
  await runContainer({ config, app, loops: [loop] });
  console.log(JSON.stringify({ address: app.listeningOrigin }));
`;

let child: ChildProcess;
let collector: Collector;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => {
  child.kill('SIGKILL');
  collector.stop();
});

async function startContainer() {
  child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('.', import.meta.url),
    env: { ...process.env, COLLECTOR: collector.endpoint },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const said = async (text: string) => {
    while (!output.includes(text)) await once(child.stdout as NodeJS.ReadableStream, 'data');
    return output;
  };
  const address = /"address":"([^"]+)"/
    .exec(await said('"address"'))?.[1]
    ?.replace('0.0.0.0', '127.0.0.1');
  return { address, said };
}

describe.each(['SIGTERM', 'SIGINT'] as const)('a container that gets %s', (signal) => {
  it('turns unready, stops its loops, answers what it has begun, sends its spans, and exits with 0', async () => {
    const { address, said } = await startContainer();
    expect((await fetch(`${address}/catalog/health/ready`)).status).toBe(200);
    const pending = fetch(`${address}/catalog/slow`);
    await said('"handling"');
    const exited = once(child, 'exit');
    child.kill(signal);
    await said('"loop stops"');
    expect((await fetch(`${address}/catalog/health/ready`)).status).toBe(503);
    child.stdin?.write('go on');
    await said('"loop stopped"');
    child.stdin?.write('finish');
    expect(await (await pending).json()).toEqual({ done: true });
    expect(await exited).toEqual([0, null]);
    expect(collector.names).toContain('GET /catalog/slow');
  });
});
