/** The process of one measured server: `node server.ts <kind>`. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestions, cpuUsedUs } from '../measure/answer-questions.ts';
import { measuredPath, plainFastify, service } from '../measure/measured-app.ts';
import { payload } from '../measure/payload.ts';

/** The headers that a service sends. They cost CPU time in any server. */
async function headersOfService(): Promise<Record<string, string>> {
  const app = await service('warn', false);
  const { headers } = await app.inject(measuredPath);
  await app.close();
  const own = ['connection', 'date', 'keep-alive', 'content-length'];
  const entries = Object.entries(headers).filter(([name]) => !own.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const bare =
  (headers: Record<string, string>): RequestListener =>
  (_request, response) => {
    const body = JSON.stringify(payload);
    response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  };

const json = { 'content-type': 'application/json; charset=utf-8' };

const kinds: Record<string, () => Promise<Server>> = {
  bare: async () => createServer(bare(json)),
  'bare-with-headers': async () => createServer(bare(await headersOfService())),
  fastify: async () => {
    const app = plainFastify();
    await app.ready();
    return app.server;
  },
  quiet: () => containerServer('warn'),
  deployed: () => containerServer('info'),
};

async function containerServer(logLevel: 'info' | 'warn'): Promise<Server> {
  const app = await service(logLevel, true);
  await app.ready();
  return app.server;
}

const kind = process.argv[2] ?? '';
const server = await kinds[kind]?.();
if (!server) throw new Error(`there is no server called ${kind}`);
server.listen(0, '127.0.0.1', () => {
  answerQuestions((server.address() as AddressInfo).port, { cpu: cpuUsedUs });
});
