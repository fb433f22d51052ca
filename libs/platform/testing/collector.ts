import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Collector {
  readonly endpoint: string;
  /** Names of the spans received so far, in order. */
  readonly names: string[];
  stop(): void;
}

/** Starts an OTLP/HTTP collector on a free port. It responds to every request with `status`. */
export async function startCollector(status = 200): Promise<Collector> {
  const names: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(body);
      names.push(...resourceSpans[0].scopeSpans[0].spans.map(({ name }: { name: string }) => name));
      response.writeHead(request.url === '/v1/traces' ? status : 404).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, names, stop };
}
