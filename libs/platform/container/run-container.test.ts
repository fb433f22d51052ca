import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Collector, startCollector } from '../testing/collector.ts';

const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
const program = `
  import { runContainer } from ${module('./index.ts')};
  import { buildApp } from ${module('../http/index.ts')};
  let input = '';
  process.stdin.on('data', (chunk) => { input += chunk; });
  const received = async (word) => {
    while (!input.includes(word)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const config = {
    SERVICE_NAME: 'catalog', VARIANT: 'microservices', LOG_LEVEL: 'info', TRUSTED_PROXIES: 0, PORT: 0,
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env.COLLECTOR,
  };
  const app = await buildApp({ config, title: 'Catalog', plugin: async (scope) => {
    scope.get('/catalog/slow', async () => {
      console.log('"handling"');
      await received('finish');
      return { done: true };
    });
  } });
  const loop = {
    start: () => console.log('"loop started"'),
    stop: async () => {
      console.log('"loop stops"');
      await received('go on');
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
  const printed = async (text: string) => {
    while (!output.includes(text)) await once(child.stdout as NodeJS.ReadableStream, 'data');
    return output;
  };
  const address = /"address":"([^"]+)"/
    .exec(await printed('"address"'))?.[1]
    ?.replace('0.0.0.0', '127.0.0.1');
  return { address, printed };
}

// Windows has no signals between processes: `kill` ends a process immediately.
const canSignal = process.platform !== 'win32';
describe.runIf(canSignal).each(['SIGTERM', 'SIGINT'] as const)(
  'a container that receives %s',
  (signal) => {
    it('becomes unready, stops its loops, finishes running requests, exports its spans and exits with 0', async () => {
      const { address, printed } = await startContainer();
      expect((await fetch(`${address}/catalog/health/ready`)).status).toBe(200);
      const pending = fetch(`${address}/catalog/slow`);
      await printed('"handling"');
      const exited = once(child, 'exit');
      child.kill(signal);
      await printed('"loop stops"');
      expect((await fetch(`${address}/catalog/health/ready`)).status).toBe(503);
      child.stdin?.write('go on');
      await printed('"loop stopped"');
      child.stdin?.write('finish');
      expect(await (await pending).json()).toEqual({ done: true });
      expect(await exited).toEqual([0, null]);
      expect(collector.names).toContain('GET /catalog/slow');
    });
  },
);
