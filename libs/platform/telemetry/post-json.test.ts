import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCollector } from '../testing/collector.ts';
import { PATIENT_MS } from '../testing/patience.ts';
import { otlpRequest } from './otlp-request.ts';
import { postJson } from './post-json.ts';

const body = otlpRequest([], { service: 's', variant: 'v' });
const silent = createServer(() => {});
beforeEach(() => void silent.listen(0, '127.0.0.1'));
afterEach(() => void silent.close());

it('resolves on a 2xx response', async () => {
  const collector = await startCollector();
  await expect(
    postJson(`${collector.endpoint}/v1/traces`, body, PATIENT_MS),
  ).resolves.toBeUndefined();
  collector.stop();
});

it('rejects on an error status, when nothing listens, and on a timeout', async () => {
  const collector = await startCollector(503);
  await expect(postJson(`${collector.endpoint}/v1/traces`, body, PATIENT_MS)).rejects.toThrow(
    '503',
  );
  collector.stop();
  await expect(postJson(`${collector.endpoint}/v1/traces`, body, PATIENT_MS)).rejects.toThrow();
  const { port } = silent.address() as AddressInfo;
  await expect(postJson(`http://127.0.0.1:${port}/`, body, 20)).rejects.toThrow(/aborted/);
});
