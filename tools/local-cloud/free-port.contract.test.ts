import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, isPortTaken } from './free-port.ts';

it('returns distinct ports below the ephemeral range', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
  expect(new Set(ports).size).toBe(50);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(10_000);
});

it('hands out ports in order, so that two processes rarely get the same one', async () => {
  const first = await freePort();
  const second = await freePort();
  // Ports in use are skipped, and the range wraps around.
  const distance = (second - first + 22_768) % 22_768;
  expect(distance).toBeGreaterThan(0);
  expect(distance).toBeLessThan(200);
});

it('reports a port as taken while a server listens on it', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await isPortTaken(port)).toBe(true);
  server.close();
  await once(server, 'close');
  expect(await isPortTaken(port)).toBe(false);
});
