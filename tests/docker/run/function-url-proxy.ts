import http from 'node:http';
import type { AddressInfo } from 'node:net';

const TIMEOUT_MS = 30_000;

/**
 * Forwards requests to a function URL. LocalStack selects the function by the host name of the URL, which may not resolve
 * here, so the proxy listens on a loopback port and sets that name as `Host`.
 */
export async function openFunctionUrlProxy(
  functionUrl: string,
  endpointUrl: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const { host } = new URL(functionUrl);
  const { hostname, port } = new URL(endpointUrl);
  const server = http.createServer((request, response) => {
    const { method, url: path, headers } = request;
    const options = { hostname, port, method, path, headers: { ...headers, host } };
    const upstream = http.request({ ...options, timeout: TIMEOUT_MS }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('timeout', () => upstream.destroy(new Error('the function did not respond')));
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
