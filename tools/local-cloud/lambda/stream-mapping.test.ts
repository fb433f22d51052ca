import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENT } from '@triptych/platform/testing/patience';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Invocation, Kernel, Services, StreamRecord } from '../kernel.ts';
import { openSavedState, type SavedState } from '../persist/index.ts';
import { testKernel } from '../testing/test-kernel.ts';
import { StreamReader } from './stream-mapping.ts';

let folder: string;
let saved: SavedState;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-'));
});
afterEach(() => {
  saved.close();
  rmSync(folder, { recursive: true });
});

let lastNumber = 0;
const record = (pk: string): StreamRecord => {
  lastNumber += 1;
  return {
    eventID: String(lastNumber),
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    eventSourceARN: 'arn',
    eventVersion: '1.1',
    awsRegion: 'us-east-1',
    dynamodb: { Keys: { pk: { S: pk } }, SequenceNumber: String(lastNumber) },
  };
};

/** A run of the local cloud with one mapping. `answer` is what its function does with a batch. */
function run(answer: () => Promise<Invocation>) {
  saved = openSavedState(folder, () => {});
  const delivered: string[] = [];
  const listeners: ((one: StreamRecord) => void)[] = [];
  const services = {
    dynamodb: {
      subscribe(_arn: string, listener: (one: StreamRecord) => void) {
        listeners.push(listener);
        return () => listeners.splice(listeners.indexOf(listener), 1);
      },
    },
    lambda: {
      invoke: async (_name: string, payload: Buffer) => {
        const { Records } = JSON.parse(payload.toString()) as { Records: StreamRecord[] };
        const keys = Records.map(({ dynamodb }) => dynamodb.Keys as { pk: { S: string } });
        delivered.push(...keys.map(({ pk }) => pk.S));
        return answer();
      },
    },
  } as unknown as Services;
  const kernel: Kernel = { ...testKernel(), saved, services };
  const session = kernel.permissions.operator;
  const reader = new StreamReader(
    {
      id: 'shop/Mapping',
      streamArn: 'arn',
      startingPosition: 'LATEST',
      functionName: 'relay',
      functionArn: 'arn:relay',
      session,
      batchSize: 10,
      windowMs: 0,
      reportsItemFailures: true,
      bisects: false,
      maxRetries: -1,
      maxAgeMs: Number.POSITIVE_INFINITY,
      onFailureArn: undefined,
      filter: () => true,
      log: () => {},
    },
    kernel,
  );
  const put = (pk: string) => listeners.forEach((listener) => void listener(record(pk)));
  return { reader, delivered, put };
}

const handled = async (): Promise<Invocation> => ({ payload: Buffer.from('null'), cold: false });

it('delivers in the next run what was written before, during and after the stop', async () => {
  let end = () => {};
  const first = run(() => new Promise((_, reject) => (end = () => reject(new Error('stopped')))));
  first.reader.start();
  first.put('before');
  await vi.waitUntil(() => first.delivered.length === 1, PATIENT);
  const stopped = first.reader.stop(10_000);
  first.put('during');
  end();
  await stopped;
  first.put('after');
  saved.close();

  const second = run(handled);
  second.reader.start();
  await vi.waitUntil(() => second.delivered.length === 3, PATIENT);
  expect(second.delivered).toEqual(['before', 'during', 'after']);
  await second.reader.stop(10_000);
  saved.close();

  const third = run(handled);
  third.reader.start();
  third.put('new');
  await vi.waitUntil(() => third.delivered.length > 0, PATIENT);
  expect(third.delivered).toEqual(['new']);
  await third.reader.stop(10_000);
});
