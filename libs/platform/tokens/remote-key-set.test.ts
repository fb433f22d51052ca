import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { captureLog } from '../testing/captured-log.ts';
import { remoteKeySet } from './remote-key-set.ts';

/** Nothing listens on this port: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('the remote key set', () => {
  it('lets a service start without keys when auth stays down', async () => {
    const log = captureLog('warn');
    const keys = remoteKeySet(`http://127.0.0.1:${await closedPort()}/jwks.json`, 20);
    await keys.prepare();
    expect(log).toMatchObject([{ msg: 'starting without the keys of tokens' }]);
  });
});
